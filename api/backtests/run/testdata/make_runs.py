"""Backtests the strategies beside this script with freqtrade, over seeded synthetic candles.

Writes runs.json.gz: the candles, and per run what it is given and the file freqtrade exports.

    python make_runs.py --harness DIR

DIR holds an offline harness around freqtrade 2026.9: its module `offline` builds markets, data folder
and configuration from a case.
"""

import argparse
import gzip
import json
import sys
import tempfile
import warnings
from io import StringIO
from pathlib import Path
from random import Random

import freqtrade

SEED = 20260
HOUR = 3_600_000
START = 1_700_000_000_000 // HOUR * HOUR
HERE = Path(__file__).parent
PRICES = {"AAA/USDT": (40.0, 0.01), "BBB/USDT": (0.8, 0.0001), "CCC/USDT": (1500.0, 0.1), "DDD/USDT": (7.0, 0.005)}
MARKETS = {
    "AAA/USDT": {"precision": {"amount": 0.001, "price": 0.01}, "maker": 0.002, "taker": 0.001},
    "BBB/USDT": {"limits": {"amount": {"min": 1}, "cost": {"min": 5, "max": 150}}},
}
PARAMETERS = {
    "roi": {"0": 0.05, "300": 0.01}, "stoploss": {"stoploss": -0.2},
    "buy": {"buy_rsi": 38}, "sell": {"sell_spread": 0.006},
    "trailing": {
        "trailing_stop": True, "trailing_stop_positive": 0.02, "trailing_stop_positive_offset": 0.04,
        "trailing_only_offset_is_reached": True,
    },
}
RUNS = [
    {"name": "slots and wallet shared by four pairs", "class": "TrendRider",
     "config": {"max_open_trades": 2, "stake_amount": "unlimited", "dry_run_wallet": 1000, "fee": 0.0025}},
    {"name": "a parameter file under a configuration", "class": "TrendRider", "strategy_params": PARAMETERS,
     "config": {"max_open_trades": 4, "stake_amount": 100, "dry_run_wallet": 1000, "stoploss": -0.04}},
    {"name": "a time range with startup candles before it", "class": "TrendRider", "timerange": "20231122-20231205",
     "config": {"max_open_trades": 3, "stake_amount": 50, "dry_run_wallet": 500}},
    {"name": "market entries, fees and limits of the markets", "class": "BandFader", "markets": MARKETS,
     "config": {"max_open_trades": 4, "stake_amount": 200, "dry_run_wallet": 1000,
                "unfilledtimeout": {"entry": 60, "exit": 120}}},
    {"name": "the last slot takes what is left", "class": "BandFader", "pairs": ["CCC/USDT", "AAA/USDT", "BBB/USDT"],
     "config": {"max_open_trades": -1, "stake_amount": 150, "dry_run_wallet": 350, "amend_last_stake_amount": True,
                "last_stake_amount_min_ratio": 0.2, "tradable_balance_ratio": 0.9}},
]


def make_candles(rng, price, tick):
    """A walk with trends, flat stretches, jumps, opening gaps and missing candles."""
    digits = max(0, len(f"{tick:.8f}".rstrip("0").split(".")[1]))
    rows, when, drift = [], START, 0.0
    for index in range(700):
        if index % 60 == 0:
            drift = rng.gauss(0, 0.0015)
        open_ = price * (1 + (rng.gauss(0, 0.004) if rng.random() < 0.05 else 0))
        flat = rng.random() < 0.01
        close = open_ if flat else open_ * (1 + rng.gauss(drift, 0.009))
        high = max(open_, close) * (1 + (0 if flat else abs(rng.gauss(0, 0.004))))
        low = min(open_, close) * (1 - (0 if flat else abs(rng.gauss(0, 0.004))))
        cells = [round(round(value / tick) * tick, digits) for value in (open_, high, low, close)]
        rows.append([when, cells[0], max(cells), min(cells), cells[3], round(abs(rng.gauss(50, 20)), 2)])
        when += HOUR * (3 if rng.random() < 0.01 else 1)
        price = close
    return rows


def run_case(case, offline):
    from freqtrade.commands.optimize_commands import setup_optimize_configuration
    from freqtrade.enums import RunMode
    from freqtrade.misc import dump_json_to_file
    from freqtrade.optimize.backtesting import Backtesting
    from freqtrade.optimize.optimize_reports import generate_backtest_stats

    offline.set_markets(case)
    offline.quiet_logging()
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        arguments = offline.prepare_workspace(case, Path(folder), [HERE])
        backtesting = Backtesting(setup_optimize_configuration(arguments, RunMode.BACKTEST))
        try:
            data, timerange = backtesting.load_bt_data()
            start, end = backtesting.backtest_one_strategy(backtesting.strategylist[0], data, timerange)
            stats = generate_backtest_stats(data, backtesting.all_bt_content, start, end)
        finally:
            Backtesting.cleanup()
            backtesting.exchange.close()
    buffer = StringIO()
    dump_json_to_file(buffer, stats)
    return json.loads(buffer.getvalue())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--harness", type=Path, required=True)
    sys.path.insert(0, str(parser.parse_args().harness))
    import offline

    offline.install_patches()
    rng = Random(SEED)
    candles = {pair: make_candles(rng, *start) for pair, start in PRICES.items()}
    candles["DDD/USDT"] = candles["DDD/USDT"][200:]
    files = {"TrendRider": "trend_rider.py", "BandFader": "band_fader.py"}
    runs = []
    for run in RUNS:
        case = {**run, "strategy_file": files[run["class"]], "pairs": run.get("pairs", list(candles))}
        case["config"] = {"timeframe": "1h", **run["config"]}
        series = {pair: {"1h": {"rows": rows}} for pair, rows in candles.items()}
        expected = run_case({**case, "candles": series}, offline)
        runs.append({**case, "expected": expected})
        print(case["name"], len(expected["strategy"][case["class"]]["trades"]))
    golden = {"freqtrade": freqtrade.__version__, "seed": SEED, "candles": candles, "runs": runs}
    text = json.dumps(golden, separators=(",", ":")).encode()
    (HERE / "runs.json.gz").write_bytes(gzip.compress(text, 9, mtime=0))


if __name__ == "__main__":
    main()
