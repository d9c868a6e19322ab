/**
 * The first row at which all four columns are numbers, or the last row. Callers with fewer columns
 * repeat one.
 */
export function firstValid(n: i32, a: usize, b: usize, c: usize, d: usize): i32 {
  for (let i = 0; i < n; i++) {
    const offset = <usize> i << 3;
    const first = load<f64>(a + offset);
    const second = load<f64>(b + offset);
    const third = load<f64>(c + offset);
    const fourth = load<f64>(d + offset);
    if (first === first && second === second && third === third && fourth === fourth) return i;
  }
  return n - 1;
}
