"""Write the goldens of the decimal routines from freqtrade's and Python's own.

    python make_decimal_cases.py testdata/engine/decimals.json.gz

Needs Python 3.11 with freqtrade 2026.9.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from random import Random

import freqtrade
from freqtrade.exchange.exchange_utils import (
    DECIMAL_PLACES,
    ROUND_DOWN,
    ROUND_UP,
    SIGNIFICANT_DIGITS,
    TICK_SIZE,
    amount_to_precision,
    price_to_precision,
)
from freqtrade.util import FtPrecise

SEED = 20_230_102
MODES = (TICK_SIZE, DECIMAL_PLACES, SIGNIFICANT_DIGITS)


def number(rng: Random) -> float:
    """Prices and amounts: few digits, products with dust, and any double of a plausible size."""
    kind = rng.randrange(4)
    size = 10.0 ** rng.randint(-7, 6)
    if kind == 0:
        return round(rng.uniform(0.1, 10), rng.randint(0, 6)) * size or 1.0
    if kind == 1:
        return float(f"{rng.uniform(0.1, 10) * size:.{rng.randint(1, 9)}g}")
    if kind == 2:
        return float(rng.randint(1, 5000)) * (1 - round(rng.uniform(0, 0.2), 3))
    return rng.uniform(0.1, 10) * size


def precision(rng: Random, mode: int) -> float:
    if mode == TICK_SIZE:
        return rng.choice([10.0**-n for n in range(0, 13)] + [1 / 10**n for n in range(0, 13)]
                          + [0.5, 0.25, 5.0, 10.0, 0.005, 0.0025, 3.0, 0.03, 1e-15])
    return float(rng.randint(0 if mode == DECIMAL_PLACES else 1, 9))


def main() -> None:
    rng = Random(SEED)
    rounding, values, plain = [], [], []
    for _ in range(6000):
        mode = rng.choice(MODES)
        x, p = number(rng), precision(rng, mode)
        row = [x, p, MODES.index(mode), price_to_precision(x, p, mode)]
        row.append(amount_to_precision(x, p, mode))
        row += [price_to_precision(x, p, mode, rounding_mode=way) for way in (ROUND_UP, ROUND_DOWN)]
        rounding.append(row)
    for _ in range(2000):
        a, r, f = number(rng), number(rng), round(rng.uniform(0, 0.01), rng.randint(2, 10))
        value = FtPrecise(a) * FtPrecise(r)
        fee = value * FtPrecise(f)
        lever = rng.choice([1.0, 3.0, 7.5, 20.0])
        values.append([a, r, f, float(value + fee), float(value - fee), lever,
                       float(value / FtPrecise(lever)), float(FtPrecise(a) / FtPrecise(r))])
    for _ in range(2000):
        x = number(rng) * rng.choice((1, -1, 1e-3))
        plain.append([x, round(x, 8), round(x, 14), round(x, 2)])
    for x in (0.125, 2.675, 0.5, 1.005, 1e-9, 5e-9, 0.000000005, 2.5, 1e15 + 0.5):
        plain.append([x, round(x, 8), round(x, 14), round(x, 2)])
    document = {"source": f"freqtrade {freqtrade.__version__}", "seed": SEED,
                "rounding": rounding, "values": values, "plain": plain}
    text = json.dumps(document, separators=(",", ":"))
    Path(sys.argv[1]).write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
