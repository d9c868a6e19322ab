import { volumeIndex } from "./shared/volume_index";

class Falling {
  pass(volume: v128, before: v128): v128 {
    return f64x2.lt(volume, before);
  }
}

/** Follows the price on bars whose volume is below the one before; it stays finite. */
export function talibNvi(n: i32, close: usize, volume: usize, out: usize, scratch: usize): i32 {
  volumeIndex<Falling>(n, close, volume, out);
  return 0;
}
