/** Starts with the first bar's volume; what moves it is found two rows at a time. */
export function talibObv(n: i32, real: usize, volume: usize, out: usize, scratch: usize): i32 {
  if (n === 0) return 0;
  let balance = load<f64>(volume);
  store<f64>(out, balance);
  const end = <usize> n << 3;
  let i: usize = 8;
  for (; i + 16 <= end; i += 16) {
    const before = v128.load(real + i - 8);
    const steps = step(v128.load(real + i), before, v128.load(volume + i));
    balance += f64x2.extract_lane(steps, 0);
    store<f64>(out + i, balance);
    balance += f64x2.extract_lane(steps, 1);
    store<f64>(out + i, balance, 8);
  }
  if (i === end) return 0;
  const price = v128.load64_zero(real + i);
  const last = step(price, v128.load64_zero(real + i - 8), v128.load64_zero(volume + i));
  store<f64>(out + i, balance + f64x2.extract_lane(last, 0));
  return 0;
}

/** The volume, its opposite, or negative zero, which leaves any balance as it is. */
function step(price: v128, before: v128, volume: v128): v128 {
  const none = i64x2.splat(0x8000000000000000);
  const up = f64x2.gt(price, before);
  const down = f64x2.lt(price, before);
  const signed = v128.xor(volume, v128.and(down, none));
  return v128.bitselect(signed, none, v128.or(up, down));
}
