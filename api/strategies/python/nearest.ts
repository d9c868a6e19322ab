/** Names like a wrong one, for the hint of a refusal. */

const NAMES_MAX = 3;

/** The names that few changes of a letter lead to, the likeliest first; case does not count. */
export function nearestNames(wrong: string, names: Iterable<string>): string[] {
  const folded = wrong.toUpperCase();
  const most = Math.max(1, Math.floor(folded.length / 3));
  const near: { readonly name: string; readonly changes: number }[] = [];
  for (const name of names) {
    if (Math.abs(name.length - folded.length) > most) continue;
    const changes = countChanges(folded, name.toUpperCase());
    if (changes <= most) near.push({ name, changes });
  }
  near.sort((a, b) => a.changes - b.changes || (a.name < b.name ? -1 : 1));
  return near.slice(0, NAMES_MAX).map(({ name }) => name);
}

/** Letters put in, left out, replaced or swapped with their neighbour. */
function countChanges(from: string, to: string): number {
  let older: number[] = [];
  let before = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const now = [row];
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1];
      let least = Math.min(
        (before[column] ?? 0) + 1,
        (now[column - 1] ?? 0) + 1,
        (before[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwap = row > 1 && column > 1 && from[row - 1] === to[column - 2] &&
        from[row - 2] === to[column - 1];
      if (isSwap) least = Math.min(least, (older[column - 2] ?? 0) + 1);
      now.push(least);
    }
    [older, before] = [before, now];
  }
  return before[to.length] ?? 0;
}
