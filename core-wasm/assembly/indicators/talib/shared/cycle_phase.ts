/** The phase of the dominant cycle, from the smoothed price over one period of it. */
import { arcTangentNear } from "../../shared/atan";
import { Hilbert, HILBERT_BYTES, hilbertAt, PlainSteps } from "./hilbert";
import { at } from "./ta";

const DEGREES: f64 = 57.29577951308232;
const FULL_TURN: f64 = 6.283185307179586;
const PERIOD_MAX = 50;
/** First bar of the transform, so that the smoother has warmed up as the reference's has. */
export const FIRST_BAR = 37;
const WARM = 34;

/** Sines and cosines of i/period turns, a row of 51 pairs a period; a row is made when first used. */
const ROW_BYTES: usize = 51 * 16;
const TABLE_BYTES: usize = 52 * 51 * 16;
const RING_BYTES: usize = PERIOD_MAX * 8;

/** Everything in the caller's scratch: lines, transform, phase, ring of smoothed prices, tables. */
export class CyclePhase {
  smoothPeriod: f64;
  phase: f64;
  ringAt: i32;
  lines: usize;
  hilbert: usize;
  ring: usize;
  rowsMade: usize;
  tables: usize;

  /** Advances by bar i and answers the phase in degrees. */
  step(real: usize, i: i32): f64 {
    const cycle = changetype<Hilbert>(this.hilbert);
    cycle.step<PlainSteps>(real, i, this.lines);
    store<f64>(this.ring + (<usize> this.ringAt << 3), cycle.smoothed);
    cycle.adjust<PlainSteps>();
    this.smoothPeriod = 0.67 * this.smoothPeriod + 0.33 * cycle.period;
    this.phase = this.turn(i32(this.smoothPeriod + 0.5));
    this.ringAt = this.ringAt === PERIOD_MAX - 1 ? 0 : this.ringAt + 1;
    return this.phase;
  }

  /** The smoothed price of the bar that `step` took last. */
  smoothedPrice(): f64 {
    return changetype<Hilbert>(this.hilbert).smoothed;
  }

  private turn(bars: i32): f64 {
    const row = this.row(bars);
    let real = 0.0;
    let imaginary = 0.0;
    let slot = this.ringAt;
    for (let i = 0; i < bars; i++) {
      const price = load<f64>(this.ring + (<usize> slot << 3));
      const pair = row + (<usize> i << 4);
      real += load<f64>(pair) * price;
      imaginary += load<f64>(pair, 8) * price;
      slot = slot === 0 ? PERIOD_MAX - 1 : slot - 1;
    }
    let phase = this.phase;
    if (abs<f64>(imaginary) > 0.0) phase = arcTangentNear(real / imaginary) * DEGREES;
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
      store<f64>(row + (<usize> i << 4), NativeMath.sin(angle));
      store<f64>(row + (<usize> i << 4), NativeMath.cos(angle), 8);
    }
    return row;
  }
}

/** A fresh state in `scratch`, primed with the column's first rows. */
export function cyclePhaseAt(scratch: usize, real: usize): CyclePhase {
  const state = changetype<CyclePhase>(scratch);
  memory.fill(scratch, 0, offsetof<CyclePhase>());
  const lines = scratch + 64;
  state.lines = lines;
  state.hilbert = lines + HILBERT_BYTES;
  state.ring = state.hilbert + 256;
  state.rowsMade = state.ring + RING_BYTES;
  state.tables = state.rowsMade + 64;
  memory.fill(lines, 0, <usize> HILBERT_BYTES);
  memory.fill(state.ring, 0, RING_BYTES + 64);
  hilbertAt(state.hilbert).prime(real, WARM);
  return state;
}
