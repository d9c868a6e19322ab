/** The equity row of a time step, added up in the order in which pandas 3 adds a group. */
import { at, header } from "./state";

/** pandas adds the later rows of a group from left to right, and their sum to the first row. */
let first: f64 = 0;
let later: f64 = 0;
let counted: bool = false;

export function beginEquity(): void {
  first = 0;
  later = 0;
  counted = false;
  countEquity(header.total, 1);
}

export function countEquity(balance: f64, rate: f64): void {
  if (balance == 0) return;
  if (counted) later += balance * rate;
  else first = balance * rate;
  counted = true;
}

/** NaN stands for a step without any balance, which has no row. */
export function endEquity(): void {
  store<f64>(at(header.equityAt) + (<usize> header.step << 3), counted ? first + later : NaN);
}
