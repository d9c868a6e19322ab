"""Record what freqtrade asks a strategy's callbacks, and what they answer."""

from __future__ import annotations

import functools
import math
from typing import Any

KINDS = {
    "bot_loop_start": 1, "custom_entry_price": 2, "leverage": 3, "custom_stake_amount": 4,
    "confirm_trade_entry": 5, "order_filled": 6, "custom_stoploss": 7, "custom_exit": 8,
    "custom_roi": 9, "custom_exit_price": 10, "confirm_trade_exit": 11, "adjust_trade_position": 12,
    "adjust_order_price": 13, "adjust_entry_price": 14, "adjust_exit_price": 15,
    "check_entry_timeout": 16, "check_exit_timeout": 17,
}
# Arguments in the order of the slots from 4 on; None stands for an order, which has no value here.
ARGUMENTS = {
    "bot_loop_start": (),
    "custom_entry_price": ("proposed_rate", "entry_tag"),
    "leverage": ("current_rate", "proposed_leverage", "max_leverage", "entry_tag"),
    "custom_stake_amount": ("current_rate", "proposed_stake", "min_stake", "max_stake", "leverage",
                            "entry_tag"),
    "confirm_trade_entry": ("amount", "rate", "order_type", "entry_tag"),
    "order_filled": (None,),
    "custom_stoploss": ("current_rate", "current_profit", "after_fill"),
    "custom_exit": ("current_rate", "current_profit"),
    "custom_roi": ("trade_duration", "entry_tag"),
    "custom_exit_price": ("proposed_rate", "current_profit", "exit_tag"),
    "confirm_trade_exit": ("amount", "rate", "order_type", "exit_reason"),
    "adjust_trade_position": ("current_rate", "current_profit", "min_stake", "max_stake",
                              "current_entry_rate", "current_exit_rate", "current_entry_profit",
                              "current_exit_profit"),
    "adjust_order_price": (None, "proposed_rate", "current_order_rate", "entry_tag", "is_entry"),
    "check_entry_timeout": (None,),
    "check_exit_timeout": (None,),
}
ARGUMENTS["adjust_entry_price"] = ARGUMENTS["adjust_order_price"]
ARGUMENTS["adjust_exit_price"] = ARGUMENTS["adjust_order_price"]
# None is an answer of its own for these.
NONE_COUNTS = ("custom_stake_amount", "adjust_order_price", "adjust_entry_price",
               "adjust_exit_price", "confirm_trade_entry", "confirm_trade_exit",
               "check_entry_timeout", "check_exit_timeout")


def asked_names(strategy) -> list[str]:
    """Callbacks of the class that freqtrade would call."""
    from freqtrade.strategy.interface import IStrategy

    own = type(strategy)
    switches = {"custom_stoploss": strategy.use_custom_stoploss,
                "custom_roi": strategy.use_custom_roi,
                "custom_exit": strategy.use_exit_signal,
                "adjust_trade_position": strategy.position_adjustment_enable}
    return [name for name in KINDS
            if getattr(own, name) is not getattr(IStrategy, name) and switches.get(name, True)]


def mask_of(strategy) -> int:
    mask = sum(1 << KINDS[name] for name in asked_names(strategy))
    return mask | (1 << 31 if strategy._ft_stop_uses_after_fill else 0)


def record(strategy) -> list[list]:
    """Wrap the callbacks; the list fills with [kind, time, pair, arguments, status, answers]."""
    lines: list[list] = []
    for name in asked_names(strategy):
        setattr(strategy, name, recorder(name, getattr(strategy, name), lines))
    return lines


def recorder(name: str, method, lines: list[list]):
    @functools.wraps(method)
    def call(*args, **kwargs):
        line = [KINDS[name], round(kwargs["current_time"].timestamp() * 1000), pair_of(kwargs),
                [plain(kwargs.get(key)) if key else None for key in ARGUMENTS[name]], 0, []]
        if name == "adjust_trade_position" and kwargs["min_stake"] is None:
            line[3][2] = 0.0
        if name in ("adjust_entry_price", "adjust_exit_price"):
            line[3][4] = int(name == "adjust_entry_price")
        lines.append(line)
        value = method(*args, **kwargs)
        line[4:] = answer_of(name, value)
        return value

    return call


def pair_of(kwargs: dict[str, Any]) -> str | None:
    trade = kwargs.get("trade")
    return kwargs.get("pair") or (trade.pair if trade else None)


def plain(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if value in ("limit", "market"):
        return int(value == "market")
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, str) or value is None else float(value)


def answer_of(name: str, value: Any) -> list:
    if name in ("bot_loop_start", "order_filled"):
        return [0, []]
    if name == "custom_exit":
        if isinstance(value, str) and value:
            return [1, [1, value[:255]]]
        return [1, [int(bool(value)), None]]
    if name == "adjust_trade_position":
        stake, tag = value if isinstance(value, tuple) else (value, None)
        return [0, []] if stake is None else [1, [float(stake), tag or None]]
    if value is None:
        return [2 if name in NONE_COUNTS else 0, []]
    if isinstance(value, str):
        return [2, []]
    return [1, [float(value)]]
