"""Runs generated cases through freqtrade and keeps what it computed from their trades.

Writes runs.json.gz: per case freqtrade's trades and equity rows, and its own export file, the trades
of which are cut to two. Rows of one close date are sorted stably, where freqtrade's order is an
accident of the machine.

    python make_runs.py --harness DIR > names

DIR holds an offline harness around freqtrade 2026.9: modules `offline` (markets and candles from a
case), `generate_cases` (seeded random cases on synthetic candles) and `freqtrade_oracle`.
"""

import argparse
import gzip
import json
import sys
import tempfile
import warnings
from io import StringIO
from pathlib import Path

import freqtrade
import pandas as pd

SEED = 41
CASES = [(1, 0), (1, 17), (1, 22), (2, 3), (2, 5), (2, 34), (3, 1), (3, 13), (3, 27), (4, 3), (4, 11), (4, 15), (4, 16), (4, 29)]
TRADES_KEPT = 2
COUNTERS = (
    "rejected_trades", "timedout_entry_orders", "timedout_exit_orders", "canceled_trade_entries",
    "canceled_entry_orders", "replaced_entry_orders", "canceled_exit_orders", "replaced_exit_orders",
)
SETTINGS = (
    "stake_amount", "stake_currency", "dry_run_wallet", "max_open_trades", "timeframe", "timeframe_detail", "timerange",
    "enable_protections", "stoploss", "trailing_stop", "trailing_stop_positive", "trailing_stop_positive_offset",
    "trailing_only_offset_is_reached", "use_custom_stoploss", "minimal_roi", "use_exit_signal", "exit_profit_only",
    "exit_profit_offset", "ignore_roi_if_entry_signal", "trading_mode", "margin_mode",
)
TRADE = (
    "pair", "is_short", "open_timestamp", "close_timestamp", "open_rate", "close_rate", "amount", "stake_amount",
    "max_stake_amount", "leverage", "fee_open", "fee_close", "profit_ratio", "profit_abs", "exit_reason", "enter_tag",
    "trade_duration", "min_rate", "max_rate", "initial_stop_loss_abs", "initial_stop_loss_ratio", "stop_loss_abs",
    "stop_loss_ratio", "funding_fees",
)
UNSTABLE_SORT = pd.DataFrame.sort_values


def stable_sort(self, by, **options):
    return UNSTABLE_SORT(self, by, **{**options, "kind": options.get("kind") or "stable"})


def run_case(case, offline, oracle):
    """One case through freqtrade: its trades, its equity and its export file."""
    from freqtrade.commands.optimize_commands import setup_optimize_configuration
    from freqtrade.enums import RunMode
    from freqtrade.optimize.backtesting import Backtesting

    offline.set_markets(case)
    offline.quiet_logging()
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        arguments = offline.prepare_workspace(case, Path(folder), [])
        backtesting = Backtesting(setup_optimize_configuration(arguments, RunMode.BACKTEST))
        try:
            strategy = backtesting.strategylist[0]
            data, timerange = backtesting.load_bt_data()
            start, end = backtesting.backtest_one_strategy(strategy, data, timerange)
            name = strategy.get_strategy_name()
            content = backtesting.all_bt_content[name]
            return {
                "name": case["name"], "strategy": name, "pairs": list(data),
                "closes": oracle.plain(first_and_last_closes(data, start)),
                "settings": oracle.plain({key: content["config"].get(key) for key in SETTINGS}),
                "equity": oracle.plain(equity_rows(content["wallet_summary"], oracle)),
                "trades": [describe_trade(trade, oracle) for trade in closed_trades()],
                "final_balance": content["final_balance"],
                "start": oracle.to_ms(start), "end": oracle.to_ms(end),
                "run_start": content["backtest_start_time"], "run_end": content["backtest_end_time"],
                "counters": {key: getattr(backtesting, key) for key in COUNTERS},
                "expected": export_file(data, backtesting, start, end, name),
            }
        finally:
            Backtesting.cleanup()
            backtesting.exchange.close()


def closed_trades():
    from freqtrade.persistence import LocalTrade

    return LocalTrade.bt_trades


def describe_trade(trade, oracle):
    described = trade.to_json(minified=True)
    record = {key: described[key] for key in TRADE}
    record |= {"realized_profit": trade.realized_profit, "liquidation_price": trade.liquidation_price}
    record["orders"] = [describe_order(order, trade, oracle) for order in trade.select_filled_or_open_orders()]
    return oracle.plain(record)


def describe_order(order, trade, oracle):
    return {
        "side": order.ft_order_side, "tag": order.ft_order_tag, "type": order.order_type,
        "is_entry": order.ft_order_side == trade.entry_side, "placed_at": oracle.to_ms(order.order_date_utc),
        "filled_at": oracle.to_ms(order.order_filled_utc), "amount": order.safe_amount, "price": order.safe_price,
        "cost": order.cost,
    }


def equity_rows(wallet, oracle):
    if not len(wallet):
        return {"date": [], "equity": []}
    wallet = wallet.assign(total=wallet["rate"] * wallet["balance"])
    total = wallet.groupby("date")["total"].sum()
    return {"date": [oracle.to_ms(date) for date in total.index], "equity": total.tolist()}


def first_and_last_closes(data, start):
    closes = {}
    for pair, frame in data.items():
        frame = frame[frame["date"] >= start]
        closes[pair] = [frame["close"].iloc[0], frame["close"].iloc[-1]] if len(frame) else None
    return closes


def export_file(data, backtesting, start, end, name):
    from freqtrade.misc import dump_json_to_file
    from freqtrade.optimize.optimize_reports import generate_backtest_stats

    pd.DataFrame.sort_values = stable_sort
    try:
        stats = generate_backtest_stats(data, backtesting.all_bt_content, start, end)
    finally:
        pd.DataFrame.sort_values = UNSTABLE_SORT
    buffer = StringIO()
    dump_json_to_file(buffer, stats)
    export = json.loads(buffer.getvalue())
    export["strategy"][name]["trades"] = export["strategy"][name]["trades"][:TRADES_KEPT]
    return export


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--harness", type=Path, required=True)
    sys.path.insert(0, str(parser.parse_args().harness))
    import freqtrade_oracle
    import generate_cases
    import offline

    offline.install_patches()
    runs = []
    for level, index in CASES:
        case = generate_cases.build_case(SEED, level, index, True)
        runs.append(run_case(case, offline, freqtrade_oracle))
        print(case["name"], len(runs[-1]["trades"]))
    golden = {"freqtrade": freqtrade.__version__, "seed": SEED, "runs": runs}
    text = json.dumps(golden, separators=(",", ":")).encode()
    Path(__file__).with_name("runs.json.gz").write_bytes(gzip.compress(text, 9, mtime=0))


if __name__ == "__main__":
    main()
