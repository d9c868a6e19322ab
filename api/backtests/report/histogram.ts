/** How often trades end with which profit. */

export interface Bin {
  /** Fractions; a bin holds its lower end. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

const BINS_WANTED = 30;
const BINS_MAX = 60;
const NICE = [1, 2, 5, 10];
/** Beyond this share of the trades at either end, what lies outside is gathered in the outer bin. */
const TAIL = 0.005;

/** Bins of one round width, zero at an edge; the outer two also hold what lies beyond them. */
export function binProfits(ratios: Float64Array): Bin[] {
  const sorted = ratios.filter(Number.isFinite).sort();
  const low = sorted[Math.floor(sorted.length * TAIL)];
  const high = sorted[Math.ceil(sorted.length * (1 - TAIL)) - 1];
  if (low === undefined || high === undefined) return [];
  const width = niceWidth(Math.max(high - low, Math.abs(high) / BINS_WANTED, 1e-4) / BINS_WANTED);
  const first = Math.floor(low / width);
  const count = Math.min(BINS_MAX, Math.floor(high / width) - first + 1);
  const counts = new Array<number>(count).fill(0);
  for (const ratio of sorted) {
    const at = Math.min(count - 1, Math.max(0, Math.floor(ratio / width) - first));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts.map((held, index) => ({
    from: (first + index) * width,
    to: (first + index + 1) * width,
    count: held,
  }));
}

function niceWidth(least: number): number {
  const unit = 10 ** Math.floor(Math.log10(least));
  return unit * (NICE.find((factor) => factor * unit >= least) ?? 10);
}
