/** The return on investment table. */
import { ASK_CUSTOM_ROI } from "../host/kinds";
import { askRoi, asks } from "./asking";
import { Trade } from "./layout";
import { closeValueOf, compareProfit, openValueOf } from "./money";
import { config, tradeAt } from "./state";
import * as view from "./view";

const MINUTE: f64 = 60000;

/** The table's row that holds after `minutes`, as the last lookup found it. */
let key: f64 = 0;
let value: f64 = 0;

export function minutesBetween(from: f64, to: f64): f64 {
  return floor((to - from) / MINUTE);
}

/** Sets the ratio that holds after `minutes`: the table's, or a lower one of the strategy. */
function lookUp(index: i32, minutes: f64): bool {
  const custom = askRoi(index, minutes);
  const found = lookUpTable(minutes);
  if (isNaN(custom) || (found && !(custom < value))) return found;
  key = minutes;
  value = custom;
  return true;
}

function lookUpTable(minutes: f64): bool {
  const table = <usize> config.roi;
  for (let i = <i32> config.roiCount - 1; i >= 0; i--) {
    const row = table + (<usize> i << 4);
    if (load<f64>(row) > minutes) continue;
    key = load<f64>(row);
    value = load<f64>(row, 8);
    return true;
  }
  return false;
}

export function roiReached(index: i32): bool {
  const trade = tradeAt(index);
  if (config.roiCount == 0 && !asks(ASK_CUSTOM_ROI)) return false;
  if (!lookUp(index, minutesBetween(trade.openDate, view.date))) return false;
  return compareProfit(trade, trade.side > 0 ? view.high : view.low, value) > 0;
}

/** Price of an exit by the table, before rounding; NaN when it is refused. */
export function roiRate(index: i32, minutes: f64): f64 {
  const trade = tradeAt(index);
  if (!lookUp(index, minutes)) return view.rate;
  const timeframe = config.timeframeMs / MINUTE;
  const onCandle = key % timeframe == 0;
  if (value == -1 && onCandle) return view.rate;
  const wanted = rateFor(trade, value);
  const long = trade.side > 0;
  if (
    minutes > 0 && minutes == key && onCandle && (long ? view.rate > wanted : view.rate < wanted)
  ) {
    return view.rate;
  }
  // On the opening candle a better price than the entry's may lie before the entry.
  const against = long
    ? view.rate > view.close && trade.openRate < view.rate && wanted > view.close
    : view.rate < view.close && trade.openRate > view.rate && wanted < view.close;
  if (minutes == 0 && against) return NaN;
  return min(max(wanted, view.low), view.high);
}

/** The close value is affine in the rate; two probes give its line. */
function rateFor(trade: Trade, ratio: f64): f64 {
  const atZero = closeValueOf(trade, trade.amount, 0);
  const atOne = closeValueOf(trade, trade.amount, 1);
  const open = openValueOf(trade, trade.amount, trade.openRate);
  const wanted = 1 + ratio / trade.leverage / <f64> trade.side;
  return (wanted * open - atZero) / (atOne - atZero);
}
