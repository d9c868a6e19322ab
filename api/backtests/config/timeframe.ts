import { AppError } from "../../platform/errors.ts";

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** A timeframe's length; calendar months and years have none and are no backtest's timeframe. */
export function timeframeLength(timeframe: string): number {
  const [, count, unit] = /^([1-9]\d{0,3})([smhdw])$/.exec(timeframe) ?? [];
  const unitMs = UNIT_MS[unit ?? ""];
  if (count === undefined || unitMs === undefined) {
    throw new AppError(
      "VALIDATION_ERROR",
      `Cannot use timeframe "${timeframe}": write for example 5m, 1h or 1d`,
    );
  }
  return Number(count) * unitMs;
}
