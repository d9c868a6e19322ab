import { MoneyFlow } from "./shared/money_flow";
import { OneRow, TwoRows } from "./shared/rows";
import { fillNan } from "./shared/ta";

/** Zero for a window without volume. Scratch: a column for the bars' flows. */
export function talibCmf(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  volume: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod - 1);
  if (n < timeperiod) return 0;
  const width = <usize> timeperiod << 3;
  const end = <usize> n << 3;
  let sums = f64x2.splat(0.0);
  let i: usize = 0;
  for (; i < width; i += 8) {
    const flow = MoneyFlow.of<OneRow>(high, low, close, volume, i);
    v128.store64_lane(scratch + i, flow, 0);
    sums = f64x2.add(sums, v128.shuffle<f64>(flow, v128.load64_zero(volume + i), 0, 2));
  }
  store<f64>(out + i - 8, ratio(sums));
  for (; i + 16 <= end; i += 16) {
    const flows = MoneyFlow.of<TwoRows>(high, low, close, volume, i);
    const volumes = v128.load(volume + i);
    const oldFlows = v128.load(scratch + i - width);
    const oldVolumes = v128.load(volume + i - width);
    v128.store(scratch + i, flows);
    sums = f64x2.sub(sums, v128.shuffle<f64>(oldFlows, oldVolumes, 0, 2));
    sums = f64x2.add(sums, v128.shuffle<f64>(flows, volumes, 0, 2));
    store<f64>(out + i, ratio(sums));
    sums = f64x2.sub(sums, v128.shuffle<f64>(oldFlows, oldVolumes, 1, 3));
    sums = f64x2.add(sums, v128.shuffle<f64>(flows, volumes, 1, 3));
    store<f64>(out + i, ratio(sums), 8);
  }
  if (i === end) return 0;
  const oldest = v128.load64_zero(scratch + i - width);
  const oldVolume = v128.load64_zero(volume + i - width);
  const flow = MoneyFlow.of<OneRow>(high, low, close, volume, i);
  sums = f64x2.sub(sums, v128.shuffle<f64>(oldest, oldVolume, 0, 2));
  sums = f64x2.add(sums, v128.shuffle<f64>(flow, v128.load64_zero(volume + i), 0, 2));
  store<f64>(out + i, ratio(sums));
  return 0;
}

function ratio(sums: v128): f64 {
  const traded = f64x2.extract_lane(sums, 1);
  return traded > 0.0 ? f64x2.extract_lane(sums, 0) / traded : 0.0;
}
