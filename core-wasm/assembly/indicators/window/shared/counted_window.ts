import { at, isObserved, put } from "./rows";

/**
 * The present values of a wide window as counts in a Fenwick tree. The rows are worked on in blocks of
 * one window's length: such a block and the window before it are sorted once, O(w log w) for w rows,
 * and each row then costs O(log w). Values that are equal share a code.
 */
@unmanaged
export class CountedWindow {
  /** Distinct values of the block and their number. */
  values: usize = 0;
  size: i32 = 0;
  /** The first row of the block and the codes from it on, 1-based; 0: not observed. */
  first: i32 = 0;
  codes: usize = 0;
  tree: usize = 0;
  order: usize = 0;
  spare: usize = 0;

  /** Bytes of scratch for windows of `window` rows: the registry rows say the same. */
  place(scratch: usize, window: i32): void {
    const slots = (<usize> window << 1) + 2;
    this.values = scratch + 64;
    this.codes = this.values + (slots << 3);
    this.tree = this.codes + (slots << 2);
    this.order = this.tree + (slots << 2);
    this.spare = this.order + (slots << 2);
  }

  /** Sorts the rows from `first` up to `end` and counts those before `counted`. */
  begin(real: usize, sign: f64, first: i32, counted: i32, end: i32): void {
    this.first = first;
    const observed = this.listObserved(real, first, end);
    sortRows(real, sign, this.order, this.spare, observed);
    this.encode(real, sign, observed);
    memory.fill(this.tree, 0, <usize> (this.size + 1) << 2);
    for (let row = first; row < counted; row++) this.add(row, 1);
  }

  private listObserved(real: usize, first: i32, end: i32): i32 {
    let observed = 0;
    for (let row = first; row < end; row++) {
      putRow(this.codes, row - first, 0);
      if (isObserved(at(real, row))) putRow(this.order, observed++, row);
    }
    return observed;
  }

  private encode(real: usize, sign: f64, observed: i32): void {
    let size = 0;
    let last: f64 = NaN;
    for (let i = 0; i < observed; i++) {
      const row = rowAt(this.order, i);
      const value = at(real, row) * sign;
      if (value !== last) put(this.values, size++, value);
      last = value;
      putRow(this.codes, row - this.first, size);
    }
    this.size = size;
  }

  codeOf(row: i32): i32 {
    return rowAt(this.codes, row - this.first);
  }

  /** Counts `row` in (1) or out (-1); answers whether it is observed. */
  add(row: i32, step: i32): bool {
    const code = this.codeOf(row);
    if (code === 0) return false;
    for (let i = code; i <= this.size; i += i & -i) {
      putRow(this.tree, i, rowAt(this.tree, i) + step);
    }
    return true;
  }

  /** How many present values have a code up to `code`. */
  upTo(code: i32): i32 {
    let total = 0;
    for (let i = code; i > 0; i -= i & -i) total += rowAt(this.tree, i);
    return total;
  }

  /** The value at `place` (0-based) in ascending order. */
  valueAt(place: i32): f64 {
    let code = 0;
    let rest = place;
    for (let step = 1 << (31 - clz<i32>(max<i32>(1, this.size))); step > 0; step >>= 1) {
      const next = code + step;
      if (next > this.size) continue;
      const below = rowAt(this.tree, next);
      if (below > rest) continue;
      code = next;
      rest -= below;
    }
    return at(this.values, code);
  }
}

function rowAt(rows: usize, place: i32): i32 {
  return load<i32>(rows + (<usize> place << 2));
}

function putRow(rows: usize, place: i32, row: i32): void {
  store<i32>(rows + (<usize> place << 2), row);
}

/** Merges ever longer runs, from `order` to `spare` and back; the answer ends in `order`. */
export function sortRows(real: usize, sign: f64, order: usize, spare: usize, count: i32): void {
  let from = order;
  let to = spare;
  for (let width = 1; width < count; width <<= 1) {
    for (let begin = 0; begin < count; begin += width << 1) {
      const middle = min<i32>(count, begin + width);
      mergeRuns(real, sign, from, to, begin, middle, min<i32>(count, middle + width));
    }
    const swap = from;
    from = to;
    to = swap;
  }
  if (from !== order) memory.copy(order, from, <usize> count << 2);
}

function mergeRuns(
  real: usize,
  sign: f64,
  from: usize,
  to: usize,
  begin: i32,
  middle: i32,
  end: i32,
): void {
  let left = begin;
  let right = middle;
  for (let i = begin; i < end; i++) {
    const takesLeft = left < middle &&
      (right >= end ||
        at(real, rowAt(from, left)) * sign <= at(real, rowAt(from, right)) * sign);
    putRow(to, i, rowAt(from, takesLeft ? left++ : right++));
  }
}
