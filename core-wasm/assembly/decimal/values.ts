/** Values of trades and orders: exact decimals of the operands' shortest forms, then one double. */
import { add, DECIMAL_BYTES, divide, fromF64, multiply, subtract, toF64 } from "./decimal";

const AMOUNT = memory.data(DECIMAL_BYTES);
const RATE = memory.data(DECIMAL_BYTES);
const FEE = memory.data(DECIMAL_BYTES);
const VALUE = memory.data(DECIMAL_BYTES);
const PART = memory.data(DECIMAL_BYTES);
const TOTAL = memory.data(DECIMAL_BYTES);

/** amount · rate · (1 + direction · fee), direction 1 or -1. */
export function valueWithFee(amount: f64, rate: f64, fee: f64, direction: i32): f64 {
  fromF64(AMOUNT, amount);
  fromF64(RATE, rate);
  fromF64(FEE, fee);
  multiply(VALUE, AMOUNT, RATE);
  multiply(PART, VALUE, FEE);
  if (direction > 0) add(TOTAL, VALUE, PART);
  else subtract(TOTAL, VALUE, PART);
  return toF64(TOTAL);
}

/** amount · rate. */
export function productOf(amount: f64, rate: f64): f64 {
  fromF64(AMOUNT, amount);
  fromF64(RATE, rate);
  multiply(VALUE, AMOUNT, RATE);
  return toF64(VALUE);
}

/** amount ÷ divisor, cut at 18 places. */
export function quotientOf(amount: f64, divisor: f64): f64 {
  fromF64(AMOUNT, amount);
  fromF64(RATE, divisor);
  divide(VALUE, AMOUNT, RATE);
  return toF64(VALUE);
}

/** amount · rate ÷ leverage, cut at 18 places. */
export function stakeOf(amount: f64, rate: f64, leverage: f64): f64 {
  fromF64(AMOUNT, amount);
  fromF64(RATE, rate);
  fromF64(FEE, leverage);
  multiply(VALUE, AMOUNT, RATE);
  divide(TOTAL, VALUE, FEE);
  return toF64(TOTAL);
}
