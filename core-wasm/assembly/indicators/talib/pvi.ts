import { volumeIndex } from "./shared/volume_index";

class Rising {
  pass(volume: v128, before: v128): v128 {
    return f64x2.gt(volume, before);
  }
}

/** Follows the price on bars whose volume is above the one before; it stays finite. */
export function talibPvi(n: i32, close: usize, volume: usize, out: usize, scratch: usize): i32 {
  volumeIndex<Rising>(n, close, volume, out);
  return 0;
}
