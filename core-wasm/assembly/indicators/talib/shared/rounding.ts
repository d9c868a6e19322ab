import { Fma } from "../../shared/fma";

/** The reference's own fused steps. */
export class Fused {
  sum(a: f64, b: f64, c: f64): f64 {
    return Fma.free(a, b, c);
  }
  /** `sum` where the product is small beside c. */
  small(a: f64, b: f64, c: f64): f64 {
    return Fma.small(a, b, c);
  }
  /** kept * previous + added. */
  decay(kept: f64, previous: f64, added: f64): f64 {
    return Fma.decay(kept, 1.0 - kept, previous, added);
  }
}

/** Rounded twice: within 1e-9 of the reference where nothing is subtracted from what comes out. */
export class Plain {
  sum(a: f64, b: f64, c: f64): f64 {
    return a * b + c;
  }
  small(a: f64, b: f64, c: f64): f64 {
    return a * b + c;
  }
  decay(kept: f64, previous: f64, added: f64): f64 {
    return kept * previous + added;
  }
}
