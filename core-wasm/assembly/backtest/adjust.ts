/** Position adjustment: the strategy adds to a trade or takes a part of it out. */
import { stakeOf } from "../decimal/values";
import { adjustTagAnswered, askAdjustment } from "./asking";
import { addEntry } from "./enter";
import { exitPart } from "./exit";
import { REASON_PARTIAL_EXIT } from "./layout";
import { truncateFor } from "./money";
import { hasTag } from "./place";
import { config, marketOf, NONE, tradeAt } from "./state";
import * as view from "./view";
import { availableStake, maximumStake, minimumStake } from "./wallet";

/** Assumed fall until the stop in the minimum the strategy is told. */
const ADJUSTMENT_RESERVE: f64 = 0.1;

/** Answers the entry or exit order now intended, or NONE. The trade has a position. */
export function decideAdjustment(index: i32): i32 {
  const trade = tradeAt(index);
  const market = marketOf(trade.pair);
  const least = minimumStake(market, view.rate, ADJUSTMENT_RESERVE, 1);
  const most = min(maximumStake(market, view.rate, 1), availableStake());
  const stake = askAdjustment(index, least, most);
  const tag = adjustTagAnswered();
  if (stake > 0) {
    const allowed = config.maxEntryPositionAdjustment;
    if (allowed > -1 && <f64> trade.filledEntries > allowed) return NONE;
    return addEntry(index, stake, hasTag(tag) ? tag : view.enterTag);
  }
  if (!(stake < 0)) return NONE;
  const amount = truncateFor(trade, stakeOf(-stake, trade.amount, trade.stake));
  // More than there is would leave a negative position.
  if (amount == 0 || amount > trade.amount) return NONE;
  const rest = (trade.amount - amount) * view.rate;
  if (least != 0 && rest != 0 && rest < least) return NONE;
  return exitPart(index, amount, hasTag(tag) ? tag : REASON_PARTIAL_EXIT);
}
