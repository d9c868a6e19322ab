"""One small case or more for each rule of the engine, on seeded or hand-made candles."""

from __future__ import annotations

from random import Random
from typing import Any

MINUTE = 60_000
START = 1_672_531_200_000  # 2023-01-01
SEED = 20_230_101

SOURCE = '''
from freqtrade.strategy import IStrategy
SIGNALS = {signals}
TAGS = {tags}


class Rules(IStrategy):
    INTERFACE_VERSION = 3
{attributes}

    def populate_indicators(self, dataframe, metadata):
        return dataframe

    def mark(self, dataframe, metadata, names):
        for name in names:
            for row, value in SIGNALS.get(metadata["pair"], {{}}).get(name, {{}}).items():
                dataframe.loc[dataframe.index == row, name] = value
            for row, tag in TAGS.get(metadata["pair"], {{}}).get(name, {{}}).items():
                dataframe.loc[dataframe.index == row, name] = tag
        return dataframe

    def populate_entry_trend(self, dataframe, metadata):
        return self.mark(dataframe, metadata, ("enter_long", "enter_short", "enter_tag"))

    def populate_exit_trend(self, dataframe, metadata):
        return self.mark(dataframe, metadata, ("exit_long", "exit_short", "exit_tag"))
'''


def walk(name: str, count: int, price=100.0, tick=0.01, digits=2, noise=0.004, minutes=5, first=0):
    """A seeded walk on a coarse tick, so that prices meet thresholds."""
    rng = Random(f"{SEED}-{name}")
    rows, last = [], price
    for i in range(count):
        open_ = last if rng.random() < 0.8 else last * (1 + rng.gauss(0, noise))
        close = open_ * (1 + rng.gauss(0, noise))
        high = max(open_, close) * (1 + abs(rng.gauss(0, noise / 2)))
        low = min(open_, close) * (1 - abs(rng.gauss(0, noise / 2)))
        snapped = [round(max(round(x / tick), 1) * tick, digits) for x in (open_, high, low, close)]
        rows.append([START + (first + i) * minutes * MINUTE, *snapped, round(rng.uniform(1, 50), 3)])
        last = snapped[3]
    return rows


def hand(*prices):
    """Candles given as (open, high, low, close)."""
    return [[START + i * 5 * MINUTE, *row, 1.0] for i, row in enumerate(prices)]


def every(step: int, count: int, first: int = 1) -> dict[int, int]:
    return {row: 1 for row in range(first, count, step)}


def case(name: str, candles: dict[str, list], signals: dict[str, dict], *, attributes=None,
         config=None, markets=None, tags=None, timerange=None) -> dict[str, Any]:
    wanted = {"timeframe": "5m", "stoploss": -0.99, "minimal_roi": {}, **(attributes or {})}
    lines = "\n".join(f"    {key} = {value!r}" for key, value in wanted.items())
    out = {
        "name": name,
        "class": "Rules",
        "strategy": SOURCE.format(signals=signals, tags=tags or {}, attributes=lines),
        "config": {
            "timeframe": "5m", "stake_currency": "USDT", "dry_run_wallet": 1000.0, "fee": 0.001,
            "max_open_trades": 1, "stake_amount": 100.0, **(config or {}),
        },
        "pairs": list(candles),
        "candles": {pair: {"5m": {"rows": rows}} for pair, rows in candles.items()},
    }
    if markets:
        out["markets"] = markets
    if timerange:
        out["timerange"] = timerange
    return out


def single(name, attributes, *, config=None, count=240, enter=5, leave=None, tags=None,
           last=None, **prices):
    """One pair on a walk, a signal every few candles, entries until candle `last`."""
    pair = "AAA/USDT"
    signals = {pair: {"enter_long": every(enter, last or count)}}
    if leave:
        signals[pair]["exit_long"] = every(leave, count, 3)
    return case(name, {pair: walk(name, count, **prices)}, signals, attributes=attributes,
                config=config, tags=tags)


def rule_cases():
    yield from stops()
    yield from roi()
    yield from signals()
    yield from money()
    yield from limits()
    yield from precision()
    yield from orders()
    yield from time()
    yield from equalities()


def stops():
    yield single("stop", {"stoploss": -0.012})
    yield single("stop on a coarse tick", {"stoploss": -0.0123}, tick=0.5, digits=1)
    yield single("trailing", {"stoploss": -0.015, "trailing_stop": True})
    positive = {"stoploss": -0.03, "trailing_stop": True, "trailing_stop_positive": 0.006}
    yield single("trailing positive", positive)
    yield single("trailing positive offset", {**positive, "trailing_stop_positive_offset": 0.011})
    yield single("trailing only offset", {**positive, "trailing_stop_positive_offset": 0.012,
                                          "trailing_only_offset_is_reached": True})
    yield single("trailing in wild candles", {"stoploss": -0.02, "trailing_stop": True}, noise=0.02)
    yield single("trailing only offset in wild candles", {
        **positive, "trailing_stop_positive_offset": 0.012,
        "trailing_only_offset_is_reached": True}, noise=0.02)


def roi():
    yield single("roi table", {"minimal_roi": {"0": 0.03, "15": 0.015, "40": 0.006, "90": 0},
                               "stoploss": -0.05})
    yield single("roi without key zero", {"minimal_roi": {"20": 0.004}, "stoploss": -0.05})
    yield single("roi minus one on the grid", {"minimal_roi": {"0": 0.05, "30": -1}})
    yield single("roi minus one off the grid", {"minimal_roi": {"0": 0.05, "32": -1}})
    yield single("roi negative", {"minimal_roi": {"0": 0.02, "25": -0.004}, "stoploss": -0.05})
    yield single("roi with trailing", {"minimal_roi": {"0": 0.01}, "stoploss": -0.01,
                                       "trailing_stop": True}, noise=0.01)


def signals():
    out = {"use_exit_signal": True}
    yield single("exit signal", out, leave=7)
    yield single("exit signal off", {"use_exit_signal": False, "stoploss": -0.02}, leave=7)
    yield single("exit profit only", {**out, "exit_profit_only": True, "stoploss": -0.04}, leave=4)
    yield single("exit profit offset", {**out, "exit_profit_only": True, "stoploss": -0.04,
                                        "exit_profit_offset": 0.004}, leave=4)
    yield single("ignore roi if entry signal", {
        "minimal_roi": {"0": 0.004}, "ignore_roi_if_entry_signal": True, "stoploss": -0.02}, enter=2)
    pair = "AAA/USDT"
    yield single("tags", {**out, "minimal_roi": {"0": 0.02}}, leave=6, tags={pair: {
        "enter_tag": {row: f"in{row % 3}" for row in range(0, 240, 2)},
        "exit_tag": {row: f"out{row % 4}" for row in range(0, 240, 3)}}})
    count = 120
    yield case("flags that are not one", {pair: walk("odd", count)}, {pair: {
        "enter_long": {row: 1 + row % 3 for row in range(1, count, 3)},
        "exit_long": {row: 1 + row % 2 for row in range(5, count, 8)}}}, attributes=out)
    yield case("exit with entry on one candle", {pair: walk("both", count)}, {pair: {
        "enter_long": every(2, count), "exit_long": every(3, count)}}, attributes=out)
    yield case("short flags in spot", {pair: walk("shorts", count)}, {pair: {
        "enter_long": every(4, count), "enter_short": every(4, count), "exit_short": every(5, count),
        "exit_long": every(6, count, 3)}}, attributes=out)
    yield case("signal hides a stop", {pair: walk("hides", count, noise=0.01)}, {pair: {
        "enter_long": every(3, count), "exit_long": every(4, count)}},
        attributes={**out, "stoploss": -0.005})


def money():
    short = {"stoploss": -0.012, "minimal_roi": {"0": 0.015}}
    yield single("no fee", short, config={"fee": 0.0})
    yield single("odd fee", short, config={"fee": 0.00123456789})
    yield single("unlimited stake", short, config={"stake_amount": "unlimited"})
    yield single("unlimited stake, whole wallet", short, config={
        "stake_amount": "unlimited", "tradable_balance_ratio": 1.0, "dry_run_wallet": 333.33})
    yield single("available capital", short, config={
        "stake_amount": "unlimited", "available_capital": 400.0})
    yield single("wallet runs out", {"stoploss": -0.004}, enter=1, noise=0.01, config={
        "dry_run_wallet": 103.0, "fee": 0.004})
    yield shared("shared slots and wallet", {"max_open_trades": 2, "stake_amount": "unlimited"})
    yield shared("no slot limit", {"max_open_trades": -1, "stake_amount": 150.0})
    yield shared("amended last stake", {"max_open_trades": 4, "stake_amount": 300.0,
                                        "amend_last_stake_amount": True})
    yield shared("amended last stake, strict", {
        "max_open_trades": 4, "stake_amount": 300.0, "amend_last_stake_amount": True,
        "last_stake_amount_min_ratio": 0.9})
    yield shared("amended last stake, capital", {
        "max_open_trades": 5, "stake_amount": 130.0, "amend_last_stake_amount": True,
        "available_capital": 500.0, "tradable_balance_ratio": 0.9})


def shared(name, config):
    """Five pairs of different price, start and end compete."""
    prices = {"AAA/USDT": (100.0, 0.01, 2), "BBB/USDT": (0.000123, 1e-8, 8),
              "CCC/USDT": (43000.0, 0.5, 1), "DDD/USDT": (3.7, 0.001, 3), "EEE/USDT": (17.0, 1.0, 0)}
    candles, marks = {}, {}
    for number, (pair, (price, tick, digits)) in enumerate(prices.items()):
        count, first = 200 - 20 * number, (0, 0, 12, 30, 5)[number]
        noise = 0.06 if digits == 0 else 0.006
        candles[pair] = walk(name + pair, count, price, tick, digits, noise, first=first)
        marks[pair] = {"enter_long": every(3 + number, count), "exit_long": every(11, count, 4)}
    return case(name, candles, marks, config=config, attributes={
        "stoploss": -0.015, "minimal_roi": {"0": 0.02, "60": 0.004}})


def limits():
    pair = "AAA/USDT"
    short = {"stoploss": -0.012, "minimal_roi": {"0": 0.015}}
    table = {
        "cost minimum met": ({"cost": {"min": 80.0}}, 100.0),
        "cost minimum raises the stake": ({"cost": {"min": 100.0}}, 100.0),
        "cost minimum too far": ({"cost": {"min": 130.0}}, 100.0),
        "amount minimum": ({"amount": {"min": 0.99}}, 100.0),
        "amount minimum above the wallet": ({"amount": {"min": 1.2}}, 960.0),
        "cost maximum": ({"cost": {"max": 61.7}}, 100.0),
        "amount maximum": ({"amount": {"max": 0.3}}, 100.0),
        "minimum above maximum": ({"cost": {"min": 80.0, "max": 81.0}}, 100.0),
    }
    for name, (given, stake) in table.items():
        one = single(name, short, config={"stake_amount": stake}, count=160)
        one["markets"] = {pair: {"limits": given, "precision": {"amount": 0.001, "price": 0.01}}}
        yield one


def precision():
    pair = "AAA/USDT"
    short = {"stoploss": -0.012, "minimal_roi": {"0": 0.015, "20": 0.005}}
    for name, amount in {"whole amounts": 1.0, "amounts of 0.25": 0.25, "fine amounts": 1e-15}.items():
        one = single(name, short, config={"stake_amount": 777.7}, price=9.0, tick=0.001, digits=3)
        one["markets"] = {pair: {"precision": {"amount": amount, "price": 0.001}}}
        yield one
    whole = single("whole prices, market tick of 5", {**short, "use_exit_signal": True}, leave=6,
                   price=2000.0, tick=1.0, digits=0, config={"stake_amount": 500.0})
    whole["markets"] = {pair: {"precision": {"amount": 1e-4, "price": 5.0}}}
    yield whole
    month = walk("month", 400, 50.0, 0.25, 2)
    for number, row in enumerate(month):
        row[0] = 1_675_209_600_000 + (number - 200) * 5 * MINUTE  # around 2023-02-01
        if number < 200:
            row[1:5] = [round(value * 2) / 2 for value in row[1:5]]
    yield case("deduced ticks change with the month", {pair: month},
               {pair: {"enter_long": every(4, 400)}}, attributes={**short, "stoploss": -0.0117})
    yield single("prices with many digits", short, price=3.1234567890123, tick=1e-17, digits=17)
    yield single("tiny prices", short, price=2.34e-6, tick=1e-9, digits=9)
    yield single("large prices", short, price=8.1e6, tick=10.0, digits=0,
                 config={"dry_run_wallet": 1e9, "stake_amount": 5e7})


def orders():
    pair = "AAA/USDT"
    market = {"entry": "market", "exit": "market", "stoploss": "market",
              "stoploss_on_exchange": False}
    yield single("market orders", {"order_types": market, "stoploss": -0.012, "use_exit_signal": True},
                 leave=6)
    for name, timeout in {"exits wait": None, "exits time out": {"entry": 10, "exit": 10},
                          "exits time out in seconds": {"exit": 600, "unit": "seconds"},
                          "exits time out at once": {"entry": 1, "exit": 1}}.items():
        one = single(name, {"use_exit_signal": True, "stoploss": -0.02, "minimal_roi": {"0": 0.03}},
                     leave=3, last=190, price=2000.0, tick=1.0, digits=0, noise=0.0008,
                     config={"unfilledtimeout": timeout} if timeout else {})
        one["markets"] = {pair: {"precision": {"amount": 1e-4, "price": 7.0}}}
        yield one


def time():
    pair = "AAA/USDT"
    attributes = {"stoploss": -0.01, "minimal_roi": {"0": 0.012}}
    rows = walk("gaps", 300)
    gappy = [row for i, row in enumerate(rows) if i % 17 not in (4, 5) and not 100 < i < 115]
    yield case("gaps are filled", {pair: gappy}, {pair: {"enter_long": every(4, 300)}},
               attributes=attributes)
    yield case("startup and time range", {pair: rows, "BBB/USDT": walk("late", 200, first=90)}, {
        pair: {"enter_long": every(4, 300)}, "BBB/USDT": {"enter_long": every(3, 300)}},
        attributes={**attributes, "startup_candle_count": 30}, config={"max_open_trades": 2},
        timerange=f"{(START + 60 * 5 * MINUTE) // 1000}-{(START + 260 * 5 * MINUTE) // 1000}")
    yield case("startup without time range", {pair: rows}, {pair: {"enter_long": every(4, 300)}},
               attributes={**attributes, "startup_candle_count": 25})
    yield case("entry on the last candles", {pair: rows[:40]}, {
        pair: {"enter_long": {37: 1, 38: 1, 39: 1}}}, attributes=attributes)
    yield case("trades left open", {
        pair: rows[:60], "BBB/USDT": walk("left", 80), "CCC/USDT": walk("left too", 70)}, {
        pair: {"enter_long": {50: 1}}, "BBB/USDT": {"enter_long": {70: 1}},
        "CCC/USDT": {"enter_long": {20: 1}}}, config={"max_open_trades": 3})


def equalities():
    pair = "AAA/USDT"
    flat = (100.0, 100.0, 100.0, 100.0)
    free = {"fee": 0.0}

    def one(name, prices, attributes, leave=None, config=None):
        marks = {"enter_long": {0: 1}}
        if leave:
            marks["exit_long"] = leave
        candles = hand(flat, flat, *prices, flat, (100.0, 100.1, 100.0, 100.0))
        return case(name, {pair: candles}, {pair: marks}, attributes=attributes,
                    config={**free, **(config or {})})

    yield one("low equals the stop", [(100.0, 101.0, 98.0, 99.0)], {"stoploss": -0.02})
    yield one("low one tick above the stop", [(100.0, 101.0, 98.1, 99.0)], {"stoploss": -0.02})
    yield one("dust moves the stop a tick", [(100.0, 101.0, 90.2, 99.0)], {"stoploss": -0.099})
    yield one("high equals the roi", [(100.0, 102.0, 99.0, 101.0)], {"minimal_roi": {"0": 0.02}})
    yield one("high one tick above the roi", [(100.0, 102.1, 99.0, 101.0)], {"minimal_roi": {"0": 0.02}})
    trailing = {"stoploss": -0.05, "trailing_stop": True, "trailing_stop_positive": 0.01,
                "trailing_stop_positive_offset": 0.02}
    for only in (False, True):
        attributes = {**trailing, "trailing_only_offset_is_reached": only}
        for high in (101.9, 102.0, 102.1):
            yield one(f"high {high} at trailing offset, only {only}",
                      [(100.0, high, 101.5, 101.6), (101.6, 101.7, 96.0, 97.0)], attributes)
    profit = {"use_exit_signal": True, "exit_profit_only": True, "exit_profit_offset": 0.02}
    for rate in (101.9, 102.0, 102.1):
        yield one(f"open {rate} at exit profit offset", [flat, (rate, 103.0, 99.0, 100.0)], profit,
                  leave={2: 1})
    yield one("stop above the high", [(100.0, 100.0, 99.5, 99.6), (95.0, 96.0, 94.0, 95.0)],
              {"stoploss": -0.02})
    yield one("new roi step at the open", [(100.0, 100.9, 100.0, 100.8), (100.8, 101.0, 100.2, 100.3)],
              {"minimal_roi": {"0": 0.05, "10": 0.004}})
    yield one("roi on a red opening candle", [], {"minimal_roi": {"0": 0.001}})
