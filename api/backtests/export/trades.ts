import type { OrderResult, TradeResult } from "../../../core-wasm/engine_types.ts";
import { dateText } from "../statistics/durations.ts";
import { weekdayOf } from "../statistics/periods.ts";

/** A trade as freqtrade's backtest files hold it. */
export function exportTrade(trade: TradeResult): Record<string, unknown> {
  return {
    pair: trade.pair,
    stake_amount: trade.stakeAmount,
    max_stake_amount: trade.maxStakeAmount,
    amount: trade.amount,
    open_date: `${dateText(trade.openDate)}+00:00`,
    close_date: `${dateText(trade.closeDate)}+00:00`,
    open_rate: trade.openRate,
    close_rate: trade.closeRate,
    fee_open: trade.feeOpen,
    fee_close: trade.feeClose,
    trade_duration: trade.tradeDuration,
    profit_ratio: trade.profitRatio,
    profit_abs: trade.profitAbs,
    exit_reason: trade.exitReason,
    initial_stop_loss_abs: trade.initialStopLossAbs,
    initial_stop_loss_ratio: trade.initialStopLossRatio,
    stop_loss_abs: trade.stopLossAbs,
    stop_loss_ratio: trade.stopLossRatio,
    min_rate: trade.minRate,
    max_rate: trade.maxRate,
    is_open: false,
    enter_tag: trade.enterTag,
    leverage: trade.leverage,
    is_short: trade.isShort,
    open_timestamp: trade.openDate,
    close_timestamp: trade.closeDate,
    orders: trade.orders.map(exportOrder),
    funding_fees: trade.fundingFees,
    weekday: weekdayOf(trade.closeDate),
  };
}

function exportOrder(order: OrderResult): Record<string, unknown> {
  return {
    amount: order.amount,
    safe_price: order.price,
    ft_order_side: order.side,
    order_filled_timestamp: order.filledAt,
    ft_is_entry: order.isEntry,
    ft_order_tag: order.tag,
    cost: order.cost,
  };
}
