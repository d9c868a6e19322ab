/** The phase of the dominant cycle, from the smoothed price over one period of it. */
import { arcTangent } from "../../shared/atan";
import { Fma } from "../../shared/fma";
import { cosineOf, sineOf } from "../../shared/turns";
import { HILBERT_BYTES, Periods, runCycle, smoothPrices } from "./hilbert";
import { at } from "./ta";

const DEGREES: f64 = 57.29577951308232;
const FULL_TURN: f64 = 6.283185307179586;
/** First bar of the transform, so that the smoother has warmed up as the reference's has. */
export const FIRST_BAR = 37;

/** Sines and cosines of i/period turns, a row of 51 pairs a period; a row is made when first used. */
const ROW_BYTES: usize = 51 * 16;

/** Everything in the caller's scratch: the transform's state, which rows are made, their table. */
export class CyclePhase {
  smoothPeriod: f64;
  phase: f64;
  smoothed: usize;
  periods: usize;
  rowsMade: usize;
  tables: usize;

  /** Advances by bar i and answers the phase in degrees. */
  step(i: i32): f64 {
    this.smoothPeriod = Fma.free(0.67, this.smoothPeriod, 0.33 * at(this.periods, i));
    this.phase = this.turn(i, i32(this.smoothPeriod + 0.5));
    return this.phase;
  }

  private turn(i: i32, bars: i32): f64 {
    const row = this.row(bars);
    const newest = this.smoothed + (<usize> i << 3);
    let sums = f64x2.splat(0.0);
    for (let back: usize = 0, end = <usize> min<i32>(bars, i + 1) << 3; back < end; back += 8) {
      const price = v128.load64_splat(newest - back);
      sums = f64x2.add(sums, f64x2.mul(v128.load(row + 2 * back), price));
    }
    const real = f64x2.extract_lane(sums, 0);
    const imaginary = f64x2.extract_lane(sums, 1);
    let phase = this.phase;
    if (abs<f64>(imaginary) > 0.0) phase = arcTangent(real / imaginary) * DEGREES;
    else if (real < 0.0) phase -= 90.0;
    else if (real > 0.0) phase += 90.0;
    phase += 90.0;
    phase += 360.0 / this.smoothPeriod;
    if (imaginary < 0.0) phase += 180.0;
    return phase > 315.0 ? phase - 360.0 : phase;
  }

  private row(bars: i32): usize {
    const row = this.tables + <usize> bars * ROW_BYTES;
    const made = this.rowsMade + <usize> bars;
    if (load<u8>(made) !== 0) return row;
    store<u8>(made, 1);
    for (let i = 0; i < bars; i++) {
      const angle = f64(i) * FULL_TURN / f64(bars);
      store<f64>(row + (<usize> i << 4), sineOf(angle));
      store<f64>(row + (<usize> i << 4), cosineOf(angle), 8);
    }
    return row;
  }
}

/**
 * A fresh state in `scratch`. `smoothed` is filled with smoothed prices and `periods` with the dominant
 * period after each bar; both are columns.
 */
export function cyclePhaseAt(
  n: i32,
  real: usize,
  smoothed: usize,
  periods: usize,
  scratch: usize,
): CyclePhase {
  smoothPrices(n, real, FIRST_BAR, smoothed);
  runCycle<Periods>(n, smoothed, FIRST_BAR, periods, 0, scratch);
  const state = changetype<CyclePhase>(scratch + HILBERT_BYTES);
  memory.fill(changetype<usize>(state), 0, 128);
  state.smoothed = smoothed;
  state.periods = periods;
  state.rowsMade = changetype<usize>(state) + 64;
  state.tables = changetype<usize>(state) + 128;
  return state;
}
