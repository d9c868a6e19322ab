import { at, fillNan, put } from "./shared/ta";

/** A mean of means kept by three sums: the whole, what the older half loses, what the newer gains. */
export function talibTrima(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 1) return 1;
  const head = timeperiod - 1;
  fillNan(out, n, head);
  if (n <= head) return 0;
  const half = timeperiod >> 1;
  const isOdd = (timeperiod & 1) === 1;
  const factor = 1.0 / (isOdd ? f64(half + 1) * f64(half + 1) : f64(half) * f64(half + 1));
  let middle = isOdd ? half : half - 1;
  let whole = 0.0;
  let losing = 0.0;
  for (let i = middle; i >= 0; i--) {
    losing += at(real, i);
    whole += losing;
  }
  let gaining = 0.0;
  middle++;
  for (let i = middle; i <= head; i++) {
    gaining += at(real, i);
    whole += gaining;
  }
  put(out, head, whole * factor);
  let oldest = load<f64>(real);
  for (let i = timeperiod; i < n; i++) {
    whole -= losing;
    losing -= oldest;
    const crossing = at(real, middle++);
    losing += crossing;
    if (isOdd) whole += gaining;
    gaining -= crossing;
    if (!isOdd) whole += gaining;
    const newest = at(real, i);
    gaining += newest;
    whole += newest;
    oldest = at(real, i - head);
    put(out, i, whole * factor);
  }
  return 0;
}
