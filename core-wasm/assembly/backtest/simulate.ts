/** The exchange of a backtest: an order fills when its price lies within the candle. */
import { orderAt } from "./state";
import * as view from "./view";

export function fillsWithin(order: i32): bool {
  const price = orderAt(order).price;
  return view.low <= price && price <= view.high;
}
