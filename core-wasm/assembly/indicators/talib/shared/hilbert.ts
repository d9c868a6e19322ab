/** What Ehlers' cycle indicators share: a price smoother and one Hilbert transform of four lines. */
import { arcTangent, arcTangentNear } from "../../shared/atan";
import { Fma } from "../../shared/fma";
import { at } from "./ta";

const A: f64 = 0.0962;
const B: f64 = 0.5769;
const DEGREES: f64 = 57.29577951308232;

/**
 * Layout of the state in scratch, as f64 slots. Even and odd bars keep separate rings of three, per
 * line (detrender, Q1, jI, jQ): ring 0 to 2, previous product, previous input.
 */
const LINE_SLOTS = 5;
const PARITY_SLOTS = 4 * LINE_SLOTS;

export const HILBERT_BYTES: i32 = 2 * PARITY_SLOTS * 8;

/** One line's step: the new input enters the ring, the answer is scaled by the period's adjustment. */
function transform(line: usize, ringAt: i32, input: f64, adjusted: f64): f64 {
  const product = A * input;
  const ring = line + (<usize> ringAt << 3);
  let value = -load<f64>(ring);
  store<f64>(ring, product);
  value += product;
  value -= load<f64>(line, 24);
  const carried = B * load<f64>(line, 32);
  store<f64>(line, carried, 24);
  value += carried;
  store<f64>(line, input, 32);
  return value * adjusted;
}

/** The reference's own steps, where even the noise around nothing is to be its. */
export class FusedSteps {
  sum(a: f64, b: f64, c: f64): f64 {
    return Fma.free(a, b, c);
  }
  angle(x: f64): f64 {
    return arcTangent(x);
  }
}

/** For functions that are held to 1e-9. */
export class PlainSteps {
  sum(a: f64, b: f64, c: f64): f64 {
    return a * b + c;
  }
  angle(x: f64): f64 {
    return arcTangentNear(x);
  }
}

/** Everything one bar carries to the next; one instance lives in static memory at a time. */
export class Hilbert {
  period: f64;
  ringAt: i32;
  detrender: f64;
  q1: f64;
  i1: f64;
  q2: f64;
  i2: f64;
  previousQ2: f64;
  previousI2: f64;
  re: f64;
  im: f64;
  oddPrevious2: f64;
  oddPrevious3: f64;
  evenPrevious2: f64;
  evenPrevious3: f64;
  smoothed: f64;
  sum: f64;
  weighted: f64;
  leaving: f64;

  /** Primes the smoother with rows 0 to `warm` + 2; the first bar of `step` is warm + 3. */
  prime(real: usize, warm: i32): void {
    const first = load<f64>(real);
    const second = load<f64>(real, 8);
    const third = load<f64>(real, 16);
    this.sum = first + second + third;
    this.weighted = first + second * 2.0 + third * 3.0;
    this.leaving = 0.0;
    for (let i = 3; i < warm + 3; i++) this.smooth(real, i);
  }

  smooth(real: usize, i: i32): void {
    const value = at(real, i);
    this.sum += value;
    this.sum -= this.leaving;
    this.weighted += value * 4.0;
    this.leaving = at(real, i - 3);
    this.smoothed = this.weighted * 0.1;
    this.weighted -= this.sum;
  }

  /** Advances by bar i; `lines` is HILBERT_BYTES of state, zero at the start. */
  step<Step>(real: usize, i: i32, lines: usize): void {
    const rounding = changetype<Step>(0);
    const adjusted = rounding.sum(0.075, this.period, 0.54);
    this.smooth(real, i);
    const isEven = (i & 1) === 0;
    const own = isEven ? lines : lines + PARITY_SLOTS * 8;
    const delayed = isEven ? this.evenPrevious3 : this.oddPrevious3;
    const ringAt = this.ringAt;
    this.detrender = transform(own, ringAt, this.smoothed, adjusted);
    this.q1 = transform(own + LINE_SLOTS * 8, ringAt, this.detrender, adjusted);
    const ji = transform(own + 2 * LINE_SLOTS * 8, ringAt, delayed, adjusted);
    const jq = transform(own + 3 * LINE_SLOTS * 8, ringAt, this.q1, adjusted);
    this.i1 = delayed;
    this.q2 = rounding.sum(0.2, this.q1 + ji, 0.8 * this.previousQ2);
    this.i2 = rounding.sum(0.2, delayed - jq, 0.8 * this.previousI2);
    if (isEven) {
      this.ringAt = ringAt === 2 ? 0 : ringAt + 1;
      this.oddPrevious3 = this.oddPrevious2;
      this.oddPrevious2 = this.detrender;
    } else {
      this.evenPrevious3 = this.evenPrevious2;
      this.evenPrevious2 = this.detrender;
    }
  }

  /** The dominant period for the next bar: from the phase's turn, bounded by the last one. */
  adjust<Step>(): void {
    const rounding = changetype<Step>(0);
    const q2 = this.q2;
    const i2 = this.i2;
    const moved = rounding.sum(i2, this.previousI2, q2 * this.previousQ2);
    this.re = rounding.sum(0.8, this.re, 0.2 * moved);
    this.im = rounding.sum(0.8, this.im, 0.2 * (i2 * this.previousQ2 - q2 * this.previousI2));
    this.previousQ2 = q2;
    this.previousI2 = i2;
    const last = this.period;
    let period = last;
    if (this.im !== 0.0 && this.re !== 0.0) {
      period = 360.0 / (rounding.angle(this.im / this.re) * DEGREES);
    }
    const most = 1.5 * last;
    if (period > most) period = most;
    const least = 0.67 * last;
    if (period < least) period = least;
    if (period < 6.0) period = 6.0;
    else if (period > 50.0) period = 50.0;
    this.period = rounding.sum(0.2, period, 0.8 * last);
  }
}

/** An empty state in `place`, which holds `offsetof<Hilbert>()` bytes. */
export function hilbertAt(place: usize): Hilbert {
  memory.fill(place, 0, offsetof<Hilbert>());
  return changetype<Hilbert>(place);
}
