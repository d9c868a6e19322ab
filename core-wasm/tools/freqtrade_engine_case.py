"""Run one oracle case with freqtrade and describe it the way the engine's tests read it.

An engine case holds what the engine is given (resolved settings, candles before gaps are filled,
signals of each candle) and what freqtrade made of it. See make_engine_cases.py for the command.
"""

from __future__ import annotations

import hashlib
import math
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from freqtrade_transcript import mask_of, record

SAMPLED_EVERY = 40
SIGNALS = ("enter_long", "exit_long", "enter_short", "exit_short")
TAGS = ("enter_tag", "exit_tag")


def engine_case(case: dict[str, Any], oracle, offline) -> dict[str, Any]:
    """`oracle` and `offline` are the oracle's two modules."""
    from freqtrade.commands.optimize_commands import setup_optimize_configuration
    from freqtrade.enums import RunMode
    from freqtrade.optimize.backtesting import Backtesting
    from freqtrade.persistence import LocalTrade

    offline.set_markets(case)
    offline.quiet_logging()
    roots = [offline.DEFAULT_CANDLE_ROOT]
    with tempfile.TemporaryDirectory(prefix="engine-") as folder:
        arguments = offline.prepare_workspace(case, Path(folder), roots)
        config = setup_optimize_configuration(arguments, RunMode.BACKTEST)
        backtesting = Backtesting(config)
        try:
            strategy = backtesting.strategylist[0]
            frames = oracle._capture_frames(strategy)
            asked = record(strategy)
            data, timerange = backtesting.load_bt_data()
            loaded = {pair: frame[["date"]].copy() for pair, frame in data.items()}
            backtesting.backtest_one_strategy(strategy, data, timerange)
            content = backtesting.all_bt_content[strategy.get_strategy_name()]
            out = {
                "name": case["name"],
                "freqtrade": oracle.freqtrade.__version__,
                "config": describe_config(backtesting, strategy),
                "pairs": [
                    describe_pair(case, pair, backtesting, loaded[pair], frame, timerange, roots, offline)
                    for pair, frame in frames.items()
                ],
                "expected": {
                    "trades": [describe_trade(trade, oracle) for trade in LocalTrade.bt_trades],
                    "counters": {name: getattr(backtesting, name) for name in oracle.COUNTERS},
                    "finalBalance": content["final_balance"],
                    "equity": describe_equity(content["wallet_summary"]),
                    "asked": asked,
                },
            }
        finally:
            Backtesting.cleanup()
            backtesting.exchange.close()
    return oracle.plain(out)


def describe_config(backtesting, strategy) -> dict[str, Any]:
    """Settings after freqtrade merged configuration, parameter file and class."""
    config = strategy.config
    timeout = config.get("unfilledtimeout", {})
    unit_ms = 1000 if timeout.get("unit", "minutes") == "seconds" else 60_000
    slots = strategy.max_open_trades
    return {
        "timeframeMs": backtesting.timeframe_secs * 1000,
        "tradingMode": str(backtesting.trading_mode.value),
        "canShort": bool(strategy.can_short),
        "maxOpenTrades": -1 if math.isinf(slots) else slots,
        "stakeAmount": config["stake_amount"],
        "dryRunWallet": config["dry_run_wallet"],
        "tradableBalanceRatio": config["tradable_balance_ratio"],
        "availableCapital": config.get("available_capital"),
        "amendLastStakeAmount": config["amend_last_stake_amount"],
        "lastStakeAmountMinRatio": config["last_stake_amount_min_ratio"],
        "amountReservePercent": config.get("amount_reserve_percent", 0.05),
        "feeRate": backtesting.fee,
        "minimalRoi": [
            {"minutes": int(key), "value": value}
            for key, value in sorted(strategy.minimal_roi.items())
        ],
        "stoploss": strategy.stoploss,
        "trailingStop": bool(strategy.trailing_stop),
        "trailingStopPositive": strategy.trailing_stop_positive,
        "trailingStopPositiveOffset": strategy.trailing_stop_positive_offset,
        "trailingOnlyOffsetIsReached": bool(strategy.trailing_only_offset_is_reached),
        "useExitSignal": bool(strategy.use_exit_signal),
        "exitProfitOnly": bool(strategy.exit_profit_only),
        "exitProfitOffset": strategy.exit_profit_offset,
        "ignoreRoiIfEntrySignal": bool(strategy.ignore_roi_if_entry_signal),
        "positionStacking": bool(config.get("position_stacking", False)),
        "maxEntryPositionAdjustment": strategy.max_entry_position_adjustment,
        "entryOrderType": strategy.order_types["entry"],
        "exitOrderType": strategy.order_types["exit"],
        "unfilledEntryTimeoutMs": scaled(timeout.get("entry"), unit_ms),
        "unfilledExitTimeoutMs": scaled(timeout.get("exit"), unit_ms),
        "callbacks": mask_of(strategy),
        "protections": [
            describe_protection(rule, backtesting.timeframe_secs * 1000)
            for rule in (strategy.protections if backtesting.enable_protections else [])
        ],
        "unsupported": [key for key in ("timeframe_detail",) if config.get(key)],
    }


def describe_protection(rule: dict[str, Any], candle_ms: int) -> dict[str, Any]:
    """A protection with freqtrade's defaults filled in, times in ms."""
    method = rule["method"]
    unlock = rule.get("unlock_at") if "stop_duration_candles" not in rule else None
    hour, minute = (int(part) for part in unlock.split(":")) if unlock else (0, 0)
    out = {
        "method": method,
        "lookbackMs": period(rule, "lookback_period", candle_ms),
        "stopDurationMs": period(rule, "stop_duration", candle_ms),
        "unlockAtMinutes": hour * 60 + minute if unlock else None,
    }
    if method == "StoplossGuard":
        out |= {"tradeLimit": rule.get("trade_limit", 10),
                "requiredProfit": rule.get("required_profit", 0.0),
                "onlyPerPair": rule.get("only_per_pair", False),
                "onlyPerSide": rule.get("only_per_side", False)}
    if method == "LowProfitPairs":
        out |= {"tradeLimit": rule.get("trade_limit", 1),
                "requiredProfit": rule.get("required_profit", 0.0),
                "onlyPerSide": rule.get("only_per_side", False)}
    if method == "MaxDrawdown":
        out |= {"tradeLimit": rule.get("trade_limit", 1),
                "maxAllowedDrawdown": rule.get("max_allowed_drawdown", 0.0),
                "calculationMode": rule.get("calculation_mode", "ratios")}
    return out


def period(rule: dict[str, Any], name: str, candle_ms: int) -> int:
    if f"{name}_candles" in rule:
        return int(rule[f"{name}_candles"]) * candle_ms
    return int(rule.get(name, 60)) * 60_000


def describe_trade(trade, oracle) -> dict[str, Any]:
    return {
        **oracle.describe_trade(trade),
        "initial_stop_loss_ratio": trade.initial_stop_loss_pct,
        "stop_loss_ratio": trade.stop_loss_pct,
    }


def scaled(value, unit: int):
    return None if value is None else value * unit


def describe_pair(case, pair, backtesting, loaded, frame, timerange, roots, offline) -> dict[str, Any]:
    timeframe = backtesting.timeframe
    rows = offline.read_candles(case["candles"][pair][timeframe], roots)
    dates = (loaded["date"].astype("int64") // oracle_unit(loaded["date"])).tolist()
    rows = rows[(rows["date"] >= dates[0]) & (rows["date"] <= dates[-1])]
    if backtesting.required_startup > 0:
        trim = min(backtesting.required_startup, len(frame))
    else:
        trim = sum(1 for date in dates if timerange.startts and date < timerange.startts * 1000)
    exchange = backtesting.exchange
    market = exchange.markets[pair]
    return {
        "market": {
            "pair": pair,
            "base": market["base"],
            "quote": market["quote"],
            "settle": market["settle"],
            "precisionMode": "tick_size",
            "amountPrecision": exchange.get_precision_amount(pair),
            "pricePrecision": exchange.get_precision_price(pair),
            "amountMin": market["limits"]["amount"]["min"],
            "amountMax": market["limits"]["amount"]["max"],
            "costMin": market["limits"]["cost"]["min"],
            "costMax": market["limits"]["cost"]["max"],
            "makerRate": market["maker"],
            "takerRate": market["taker"],
            "contractSize": exchange.get_contract_size(pair),
            "leverageTiers": [],
        },
        "rows": len(frame),
        "trimRows": trim,
        "start": dates[0],
        "candles": [
            [(int(row[0]) - dates[0]) // (backtesting.timeframe_secs * 1000), *map(float, row[1:5])]
            for row in rows.values.tolist()
        ],
        "signals": {
            name: [i for i, value in enumerate(frame[name].fillna(0)) if value == 1]
            for name in SIGNALS if name in frame
        },
        "otherSignals": {
            name: [i for i, value in enumerate(frame[name].fillna(0)) if value not in (0, 1)]
            for name in SIGNALS if name in frame
        },
        "tags": {
            name: [[i, value if isinstance(value, str) else None]
                   for i, value in enumerate(frame[name])
                   if not isinstance(value, str) or value != ""]
            for name in TAGS if name in frame
        },
    }


def oracle_unit(dates: pd.Series) -> int:
    return {"ms": 1, "us": 1_000, "ns": 1_000_000}[dates.dt.unit]


def describe_equity(captures: pd.DataFrame) -> dict[str, Any]:
    """Times in ms and totals, as freqtrade's wallet statistics group the captures."""
    if captures.empty:
        return {"rows": 0, "sha256": hashlib.sha256(b"").hexdigest(), "samples": []}
    total = (captures["rate"] * captures["balance"]).groupby(captures["date"]).sum()
    rows = [[when.timestamp() * 1000, float(value)] for when, value in total.items()]
    return {
        "rows": len(rows),
        "sha256": hashlib.sha256(np.array(rows, dtype="<f8").tobytes()).hexdigest(),
        "samples": [[at, *rows[at]] for at in range(0, len(rows), SAMPLED_EVERY)],
    }
