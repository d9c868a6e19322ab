import { columnSub } from "../column/arithmetic";
import { talibEma } from "./ema";
import { fillNan } from "./shared/ta";

export function talibEri(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  timeperiod: i32,
  bullpower: usize,
  bearpower: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 1) return 1;
  fillNan(bullpower, n, timeperiod - 1);
  talibEma(n, close, timeperiod, bearpower, 0);
  if (n < timeperiod) return 0;
  const skip = <usize> (timeperiod - 1) << 3;
  const rows = n - timeperiod + 1;
  columnSub(rows, high + skip, bearpower + skip, bullpower + skip, 0);
  return columnSub(rows, low + skip, bearpower + skip, bearpower + skip, 0);
}
