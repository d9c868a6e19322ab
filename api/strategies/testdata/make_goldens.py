"""Writes goldens.json: what freqtrade makes of the strategies in this folder.

Needs Python 3.11 with freqtrade 2026.9 and technical. Candles are simulated from SEED. Columns are
kept as digests (sha256 of little-endian doubles, one NaN), signals as the rows that carry them.

    python make_goldens.py
"""

import hashlib
import json
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from freqtrade.resolvers import StrategyResolver

SEED = 20240
ROWS = 420
HERE = Path(__file__).parent
FIRST_DATE = 1_704_067_200_000
STEP = 300_000
STRATEGIES = {
    "average_cross": ("AverageCross", None),
    "bands": ("Bands", None),
    "old_names": ("OldNames", None),
    "folded": ("Folded", {"buy": {"buy_kind": "ema"}}),
    "dtypes": ("Dtypes", None),
    "tuned": ("Tuned", {"buy": {"buy_rsi": 47, "buy_period": 19}, "sell": {"sell_strict": False}}),
}
SIGNALS = ["enter_long", "exit_long", "enter_short", "exit_short"]
TAGS = ["enter_tag", "exit_tag"]


def candles():
    random = np.random.default_rng(SEED)
    close = 100 + np.cumsum(np.round(random.normal(0, 0.25, ROWS), 2))
    flat = random.random(ROWS) < 0.05
    opened = np.concatenate([[100.0], close[:-1]])
    spread = np.round(np.abs(random.normal(0, 0.2, (2, ROWS))), 2)
    close = np.where(flat, opened, close)
    opened = np.concatenate([[100.0], close[:-1]])
    high = np.maximum(opened, close) + np.where(flat, 0, spread[0])
    low = np.minimum(opened, close) - np.where(flat, 0, spread[1])
    volume = np.where(flat, 0, np.round(random.exponential(50, ROWS), 3))
    rows = np.column_stack([opened, high, low, close]).round(2)
    return [[FIRST_DATE + i * STEP, *map(float, rows[i]), float(volume[i])] for i in range(ROWS)]


def analyse(name, class_name, params, rows):
    folder = Path(tempfile.mkdtemp())
    shutil.copy(HERE / f"{name}.py", folder)
    if params is not None:
        content = {"strategy_name": class_name, "params": params}
        (folder / f"{name}.json").write_text(json.dumps(content))
    config = {"strategy": class_name, "strategy_path": str(folder), "user_data_dir": folder}
    strategy = StrategyResolver.load_strategy(config)
    strategy.ft_load_hyper_params(False)
    frame = pd.DataFrame(rows, columns=["date", "open", "high", "low", "close", "volume"])
    frame["date"] = pd.to_datetime(frame["date"], unit="ms", utc=True)
    metadata = {"pair": "BTC/USDT"}
    frame = strategy.advise_indicators(frame.copy(), metadata).copy()
    return strategy.ft_advise_signals(frame, metadata)


def digest(column):
    values = column.to_numpy(dtype="float64", na_value=np.nan).astype("<f8")
    values[np.isnan(values)] = np.nan
    return hashlib.sha256(values.tobytes()).hexdigest()


def describe(frame):
    plain = frame.drop(columns=["date"])
    numeric = [n for n in plain if n not in TAGS and plain[n].dtype.kind in "fiub"]
    return {
        "columns": {name: digest(plain[name]) for name in numeric},
        "signals": {
            name: np.flatnonzero((plain[name] == 1).to_numpy(dtype=bool)).tolist()
            for name in SIGNALS
            if name in plain
        },
        "tags": {
            name: {str(i): text for i, text in enumerate(plain[name]) if text != ""}
            for name in TAGS
        },
    }


def main():
    rows = candles()
    strategies = {
        name: {"class": class_name, "params": params}
        | describe(analyse(name, class_name, params, rows))
        for name, (class_name, params) in STRATEGIES.items()
    }
    versions = {name: version(name) for name in ["freqtrade", "technical", "TA-Lib", "pandas", "numpy"]}
    golden = {"versions": versions, "seed": SEED, "candles": rows, "strategies": strategies}
    text = json.dumps(golden, separators=(",", ":")).replace('],[', '],\n[')
    (HERE / "goldens.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
