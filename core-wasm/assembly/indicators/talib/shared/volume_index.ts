/**
 * Follows the price on bars that `Bars.pass(volume, before)` lets through, and stays finite. The choice is
 * a mask, because which bar had more volume is as good as random.
 */
export function volumeIndex<Bars>(n: i32, close: usize, volume: usize, out: usize): void {
  if (n === 0) return;
  const bars = changetype<Bars>(0);
  const none = f64x2.splat(0.0);
  let index = f64x2.splat(1000.0);
  let before = v128.load64_zero(close);
  let volumeBefore = v128.load64_zero(volume);
  for (let i: usize = 0, end = <usize> n << 3; i < end; i += 8) {
    const price = v128.load64_zero(close + i);
    const traded = v128.load64_zero(volume + i);
    const passes = v128.and(bars.pass(traded, volumeBefore), f64x2.ne(before, none));
    const share = f64x2.div(f64x2.sub(price, before), before);
    const grown = f64x2.add(index, f64x2.mul(share, index));
    const next = f64x2.extract_lane(v128.bitselect(grown, index, passes), 0);
    if (next - next === 0.0) index = f64x2.splat(next);
    v128.store64_lane(out + i, index, 0);
    before = price;
    volumeBefore = traded;
  }
}
