/** Two neighbouring rows, or one where the column ends, for kernels that take a window's sums of both at once. */

export class TwoRows {
  load(at: usize): v128 {
    return v128.load(at);
  }
  store(at: usize, values: v128): void {
    v128.store(at, values);
  }
}

export class OneRow {
  load(at: usize): v128 {
    return v128.load64_zero(at);
  }
  store(at: usize, values: v128): void {
    v128.store64_lane(at, values, 0);
  }
}
