/**
 * Numbers of a loop, kept in memory. V8 makes a vector's constant anew wherever it is used, by three
 * instructions; to load it takes one.
 */
export class Constant {
  /** The number at `index` of a table made by `memory.data<f64>`, in both lanes. */
  // @ts-ignore: decorator
  @inline
  static at(table: usize, index: usize): v128 {
    return v128.load64_splat(table + (index << 3));
  }
}
