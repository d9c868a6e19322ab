/** Running values within groups: rows with the same key belong together, wherever they lie. */
import { segmentSum } from "../technical/shared/columns";
import { at, put } from "../window/shared/rows";

/** Fibonacci hashing: the upper bits of the product spread any run of keys. */
const SPREAD: u64 = 0x9e3779b97f4a7c15;

/**
 * Writes each row's group, numbered by first appearance, into the scratch and answers how many there
 * are. Scratch: groups (4 bytes a row), slots (4 bytes each, a power of two above twice the rows), then
 * what the kernel itself needs.
 */
function numberGroups(n: i32, key: usize, scratch: usize): i32 {
  const slots = scratch + (<usize> n << 2);
  const bits = slotBits(n);
  memory.fill(slots, 0, <usize> 4 << bits);
  const mask = (1 << bits) - 1;
  let groups = 0;
  for (let i = 0; i < n; i++) {
    const value = load<i64>(key + (<usize> i << 3));
    let slot = i32((<u64> value * SPREAD) >> (64 - bits));
    while (true) {
      const held = load<i32>(slots + (<usize> slot << 2));
      if (held === 0) {
        store<i32>(slots + (<usize> slot << 2), i + 1);
        setGroup(scratch, i, groups++);
        break;
      }
      if (load<i64>(key + (<usize> (held - 1) << 3)) === value) {
        setGroup(scratch, i, groupOf(scratch, held - 1));
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
  return groups;
}

function slotBits(n: i32): i32 {
  return 33 - clz<i32>(max<i32>(1, n));
}

function groupOf(scratch: usize, row: i32): i32 {
  return load<i32>(scratch + (<usize> row << 2));
}

function setGroup(scratch: usize, row: i32, group: i32): void {
  store<i32>(scratch + (<usize> row << 2), group);
}

/** Where the kernel's own columns begin. */
function stateOf(n: i32, scratch: usize): usize {
  const used = (<usize> n << 2) + (<usize> 4 << slotBits(n));
  return scratch + ((used + 7) & ~7);
}

export function columnGroupCumcount(n: i32, key: usize, out: usize, scratch: usize): i32 {
  const groups = numberGroups(n, key, scratch);
  const counts = stateOf(n, scratch);
  memory.fill(counts, 0, <usize> groups << 3);
  for (let i = 0; i < n; i++) {
    const place = counts + (<usize> groupOf(scratch, i) << 3);
    const count = load<i64>(place);
    store<i64>(out + (<usize> i << 3), count);
    store<i64>(place, count + 1);
  }
  return 0;
}

/** pandas' running sum of a group keeps a Kahan compensation, unlike that of a column. */
export function columnGroupCumsum(
  n: i32,
  key: usize,
  a: usize,
  out: usize,
  scratch: usize,
): i32 {
  const groups = numberGroups(n, key, scratch);
  const totals = stateOf(n, scratch);
  const lost = totals + (<usize> groups << 3);
  memory.fill(totals, 0, <usize> groups << 4);
  for (let i = 0; i < n; i++) {
    const group = groupOf(scratch, i);
    const value = at(a, i);
    put(out, i, NaN);
    if (value !== value) continue;
    const total = at(totals, group);
    const step = value - at(lost, group);
    const next = total + step;
    put(lost, group, next - total - step);
    put(totals, group, next);
    put(out, i, next);
  }
  return 0;
}

function extremes(
  n: i32,
  key: usize,
  a: usize,
  sign: f64,
  out: usize,
  scratch: usize,
): i32 {
  const groups = numberGroups(n, key, scratch);
  const held = stateOf(n, scratch);
  for (let group = 0; group < groups; group++) put(held, group, -Infinity);
  for (let i = 0; i < n; i++) {
    const group = groupOf(scratch, i);
    const value = at(a, i) * sign;
    if (value > at(held, group)) put(held, group, value);
    put(out, i, value === value ? at(held, group) * sign : NaN);
  }
  return 0;
}

export function columnGroupCummax(
  n: i32,
  key: usize,
  a: usize,
  out: usize,
  scratch: usize,
): i32 {
  return extremes(n, key, a, 1.0, out, scratch);
}

export function columnGroupCummin(
  n: i32,
  key: usize,
  a: usize,
  out: usize,
  scratch: usize,
): i32 {
  return extremes(n, key, a, -1.0, out, scratch);
}

/** The group's first known value so far; pandas' `transform("first")` also fills the rows before it. */
export function columnGroupFirst(
  n: i32,
  key: usize,
  a: usize,
  out: usize,
  scratch: usize,
): i32 {
  const groups = numberGroups(n, key, scratch);
  const firsts = stateOf(n, scratch);
  for (let group = 0; group < groups; group++) put(firsts, group, NaN);
  for (let i = 0; i < n; i++) {
    const group = groupOf(scratch, i);
    if (at(firsts, group) !== at(firsts, group)) put(firsts, group, at(a, i));
    put(out, i, at(firsts, group));
  }
  return 0;
}

/** The value of the group's row before. */
export function columnGroupShift(
  n: i32,
  key: usize,
  a: usize,
  out: usize,
  scratch: usize,
): i32 {
  const groups = numberGroups(n, key, scratch);
  const lasts = stateOf(n, scratch);
  for (let group = 0; group < groups; group++) put(lasts, group, NaN);
  for (let i = 0; i < n; i++) {
    const group = groupOf(scratch, i);
    put(out, i, at(lasts, group));
    put(lasts, group, at(a, i));
  }
  return 0;
}

/** Sum, mean, min, max and last, in this order. */
const MEAN: i32 = 1;
const MOST: i32 = 3;
const LAST: i32 = 4;

/**
 * One statistic of the whole group in each of its rows. Sums keep a Kahan compensation, but where the
 * keys never fall and nothing is missing pandas sums by numpy's segments.
 */
export function columnGroupWhole(
  n: i32,
  key: usize,
  a: usize,
  statistic: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (statistic <= MEAN && isOrdered(n, key, a)) return segments(n, key, a, statistic, out);
  const groups = numberGroups(n, key, scratch);
  const held = stateOf(n, scratch);
  const lost = held + (<usize> groups << 3);
  const counts = lost + (<usize> groups << 3);
  memory.fill(lost, 0, <usize> groups << 4);
  const start = statistic <= MEAN ? 0.0 : NaN;
  for (let group = 0; group < groups; group++) put(held, group, start);
  for (let i = 0; i < n; i++) {
    const value = at(a, i);
    if (value !== value) continue;
    const group = groupOf(scratch, i);
    put(counts, group, at(counts, group) + 1.0);
    if (statistic > MEAN) put(held, group, chosen(statistic, at(held, group), value));
    else {
      const step = value - at(lost, group);
      const total = at(held, group) + step;
      const rest = total - at(held, group) - step;
      put(lost, group, rest === rest ? rest : 0.0);
      put(held, group, total);
    }
  }
  for (let i = 0; i < n; i++) {
    const group = groupOf(scratch, i);
    const value = at(held, group);
    put(out, i, statistic === MEAN ? value / at(counts, group) : value);
  }
  return 0;
}

function isOrdered(n: i32, key: usize, a: usize): bool {
  for (let i = 0; i < n; i++) {
    if (at(a, i) !== at(a, i) || (i > 0 && keyOf(key, i) < keyOf(key, i - 1))) return false;
  }
  return true;
}

function keyOf(key: usize, row: i32): i64 {
  return load<i64>(key + (<usize> row << 3));
}

function segments(n: i32, key: usize, a: usize, statistic: i32, out: usize): i32 {
  for (let begin = 0, end = 0; begin < n; begin = end) {
    while (end < n && keyOf(key, end) === keyOf(key, begin)) end++;
    const total = segmentSum(a + (<usize> begin << 3), end - begin);
    const value = statistic === MEAN ? total / f64(end - begin) : total;
    for (let i = begin; i < end; i++) put(out, i, value);
  }
  return 0;
}

function chosen(statistic: i32, held: f64, value: f64): f64 {
  if (statistic === LAST || held !== held) return value;
  return statistic === MOST ? max<f64>(held, value) : min<f64>(held, value);
}
