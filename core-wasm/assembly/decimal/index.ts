/** What the facade and tests reach of the decimals. */
import { digits, places, shortest } from "./shortest";

export { roundPlaces as decimalRound, roundPrice, roundStop, truncateAmount } from "./rounding";
export { quotientOf, stakeOf, valueWithFee } from "./values";

/** Writes the shortest decimal's digits (as two u32) and places (i32) of a finite double. */
export function decimalShortest(x: f64, out: usize): void {
  shortest(x);
  store<u64>(out, digits);
  store<i32>(out, places, 8);
}
