import { segmentRows } from "../../talib/shared/segments";

/** From here on the columns of four jobs no longer fit in fast memory together. */
const LONG_SEGMENT_ROWS = 1 << 15;

/** Whether a job of so many rows is as quick alone, in segments of its own, and closer to its data. */
export function isQuickAlone(rows: i32, share: f64): bool {
  return segmentRows(rows, share) >= LONG_SEGMENT_ROWS;
}
