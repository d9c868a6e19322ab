"""Makes the golden answers of TA-Lib's candlestick patterns: core-wasm/testdata/indicators/patterns.*

    python core-wasm/tools/make_pattern_goldens.py [--out core-wasm/testdata/indicators]

Needs numpy and TA-Lib (0.8.2 of the Python package, C library 0.8.1). A second run reproduces every byte.

The rare patterns hardly occur in a few hundred candles, so the series is cut from some hundred thousand
seeded ones: for every value of every pattern some stretches that end with it.

patterns.bin   open, high, low, close in ticks, as i16 little-endian, column after column
patterns.json  versions, seed, rows, ticks (what one tick is worth, a series for each) and per pattern and
               parameters the count of each value and the start of the SHA-256 of the column (i32
               little-endian), both for each series
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import talib
import talib.abstract

SEED = 20260802
ROWS = 120_000
BEFORE = 17
AFTER = 3
STRETCHES = 6
TICKS = (0.01, 0.0625)
SHAPES = ((6, 0.5), (12, 0.7), (30, 0.75), (3, 0.5), (60, 0.85))
PENETRATIONS = (0.0, 0.25, 0.8)


def main() -> None:
    parser = argparse.ArgumentParser()
    root = Path(__file__).resolve().parents[2]
    parser.add_argument("--out", type=Path, default=root / "core-wasm/testdata/indicators")
    out = parser.parse_args().out
    names = talib.get_function_groups()["Pattern Recognition"]
    random = np.random.default_rng(SEED)
    series = np.concatenate([collect(names, candles(random, size, runs)) for size, runs in SHAPES], axis=1)
    (out / "patterns.bin").write_bytes(series.astype("<i2").tobytes())
    found = {
        "talib": talib.__ta_version__.decode().split(" ")[0],
        "package": talib.__version__,
        "numpy": np.__version__,
        "seed": SEED,
        "rows": series.shape[1],
        "ticks": TICKS,
        "cases": [case for name in names for case in cases(name, series)],
    }
    (out / "patterns.json").write_text(json.dumps(found, separators=(",", ":")) + "\n")


def candles(random, size, runs):
    """Candles of few kinds: no, short, usual or long bodies and shadows, opens at the close or beyond a gap."""
    home = 60 * size
    table = np.empty((4, ROWS), int)
    opened = closed = home
    direction = 1
    for row in range(ROWS):
        former = closed
        opened = next_open(random, opened, closed, size)
        if abs(opened - home) > 40 * size:
            opened = home
        if random.random() > runs:
            direction = -direction
        body = int(size * random.choice((0, 0.15, 0.4, 1, 2.2)) * (0.5 + random.random()))
        closed = former if random.random() < 0.05 else opened + direction * body
        high = max(opened, closed) + shadow(random, size, body)
        low = min(opened, closed) - shadow(random, size, body)
        table[:, row] = opened, high, low, closed
    for row in range(40, ROWS - 40, 500):
        table[:, row : row + 5] = mat_hold(random, size, table[3, row - 1])
    return table


def mat_hold(random, size, start):
    """The one pattern that chance hardly ever makes: a long candle, three short ones above it, a long one."""
    step = max(1, size // 6)
    long = 4 * size
    opens = start + np.array((0, long + 3 * step, long + 2 * step, long + step, long + step))
    closes = opens + np.array((long, -step, -step, -step, long))
    closes[2:4] -= random.integers(step, 4 * step, 2)
    noise = random.integers(0, step + 1, (2, 5))
    return np.array((opens, np.maximum(opens, closes) + noise[0], np.minimum(opens, closes) - noise[1], closes))


def next_open(random, opened, closed, size):
    kind = random.random()
    if kind < 0.2:
        return closed
    if kind < 0.25:
        return opened
    if kind < 0.6:
        return round(closed + (opened - closed) * random.random())
    reach = size * random.random() * (0.4 if kind < 0.8 else 2)
    return closed + (1 if random.random() < 0.5 else -1) * int(np.ceil(reach))


def shadow(random, size, body):
    kind = random.random()
    if kind < 0.45:
        return 0
    if kind < 0.55:
        return body
    return round(random.random() * size * (0.3 if kind < 0.8 else 2))


def collect(names, table):
    """The rows around the first few occurrences of every value of every pattern."""
    wanted = np.zeros(ROWS, bool)
    for name in names:
        values = getattr(talib, name)(*(table * TICKS[0]))
        for value in np.unique(values[values != 0]):
            for row in np.flatnonzero(values == value)[:STRETCHES]:
                wanted[max(0, row - BEFORE) : row + AFTER] = True
    return table[:, wanted]


def cases(name, series):
    defaults = dict(talib.abstract.Function(name).parameters)
    sets = [defaults] + [{"penetration": value} for value in PENETRATIONS if defaults]
    for parameters in sets:
        answers = [getattr(talib, name)(*(series * tick), **parameters) for tick in TICKS]
        yield {
            "name": name,
            "parameters": parameters,
            "digests": [hashlib.sha256(each.astype("<i4").tobytes()).hexdigest()[:16] for each in answers],
            "counts": [counts(each) for each in answers],
        }


def counts(values):
    found, times = np.unique(values, return_counts=True)
    return {str(value): int(count) for value, count in zip(found, times) if value != 0}


if __name__ == "__main__":
    main()
