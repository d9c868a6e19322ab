/** The equity row of a time step, summed with compensation as pandas sums a group. */
import { at, header } from "./state";

let sum: f64 = 0;
let compensation: f64 = 0;
let counted: bool = false;

export function beginEquity(): void {
  sum = 0;
  compensation = 0;
  counted = false;
  countEquity(header.total, 1);
}

export function countEquity(balance: f64, rate: f64): void {
  if (balance == 0) return;
  counted = true;
  const value = balance * rate - compensation;
  const next = sum + value;
  compensation = next - sum - value;
  sum = next;
}

/** NaN stands for a step without any balance, which has no row. */
export function endEquity(): void {
  store<f64>(at(header.equityAt) + (<usize> header.step << 3), counted ? sum : NaN);
}
