"""Makes the golden answers of TA-Lib's functions: core-wasm/testdata/indicators/talib_*.

    python core-wasm/tools/make_indicator_goldens.py [--out core-wasm/testdata/indicators]

Needs numpy and TA-Lib (0.8.2 of the Python package, C library 0.8.1). A second run reproduces every byte.

talib_functions.json  the names of talib.get_functions()
talib_series.bin      the input columns, f64 little-endian, series after series in the order of the cases file
talib_cases.json      versions, seed, series (name, rows), cases (function, parameters, lookback)
talib_digests.bin     for each case, series and output, 8 bytes: the start of the SHA-256 of the output's
                      bytes (f64 or i32 little-endian, every NaN the same); 8 bytes 0xff: TA-Lib refuses
talib_samples.bin     the same order, only for functions that use the C library's own approximations
                      ("samples" in the cases file): 48 values spread evenly over the rows, as f64
"""

import argparse
import csv
import hashlib
import json
from pathlib import Path

import numpy as np
import talib
import talib.abstract

SEED = 20260801
SAMPLES = 48
COLUMNS = ("open", "high", "low", "close", "volume", "periods")
ABSTRACT = {"real": "close", "real0": "high", "real1": "low"}
PARAMETER_SETS = 3
TYPES = 14

# Functions whose last digits come from the C library's atan, sin, cos, exp and so on.
APPROXIMATE = (
    "ACOS ASIN ATAN COS COSH EXP LN LOG10 SIN SINH TAN TANH HT_DCPERIOD HT_DCPHASE HT_PHASOR HT_SINE "
    "LINEARREG_ANGLE MAMA"
).split()


def main() -> None:
    parser = argparse.ArgumentParser()
    root = Path(__file__).resolve().parents[2]
    parser.add_argument("--out", type=Path, default=root / "core-wasm/testdata/indicators")
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    series = make_series(root / "examples/candles")
    names = talib.get_functions()
    write_json(out / "talib_functions.json", names)
    with open(out / "talib_series.bin", "wb") as file:
        for columns in series.values():
            for column in COLUMNS:
                file.write(columns[column].astype("<f8").tobytes())
    random = np.random.default_rng(SEED)
    cases, digests, samples = [], bytearray(), bytearray()
    for name in names:
        for parameters in parameter_sets(name, random):
            case = {"name": name, "parameters": parameters, "lookback": lookback(name, parameters)}
            if uses_samples(name, parameters):
                case["samples"] = True
            cases.append(case)
            for columns in series.values():
                answer(case, columns, digests, samples)
    write_json(
        out / "talib_cases.json",
        {
            "talib": talib.__ta_version__.decode().split(" ")[0],
            "package": talib.__version__,
            "numpy": np.__version__,
            "seed": SEED,
            "columns": COLUMNS,
            "series": [[name, len(columns["close"])] for name, columns in series.items()],
            "cases": cases,
        },
    )
    (out / "talib_digests.bin").write_bytes(digests)
    (out / "talib_samples.bin").write_bytes(samples)


def answer(case, columns, digests, samples) -> None:
    found = compute(case, columns)
    for column in found:
        if column is None:
            digests += b"\xff" * 8
        elif case.get("samples"):
            samples += sample(column).tobytes()
        else:
            digests += digest(column)


def compute(case, columns):
    function = getattr(talib, case["name"])
    inputs = [columns[ABSTRACT.get(name, name)] for name in input_names(case["name"])]
    try:
        found = function(*inputs, **typed(case["name"], case["parameters"]))
    except Exception:  # noqa: BLE001 - a refusal is an answer
        return [None] * len(talib.abstract.Function(case["name"]).output_names)
    return found if isinstance(found, tuple) else (found,)


def digest(column) -> bytes:
    if column.dtype == np.float64:
        column = np.where(np.isnan(column), np.nan, column).astype("<f8")
    else:
        column = column.astype("<i4")
    return hashlib.sha256(column.tobytes()).digest()[:8]


def sample(column):
    rows = len(column)
    if rows == 0:
        return np.empty(0, "<f8")
    picked = [rows * i // SAMPLES for i in range(SAMPLES)]
    return column[picked].astype("<f8")


def input_names(name):
    """The names of the function's own arguments, from the first line of its documentation."""
    line = getattr(talib, name).__doc__.strip().splitlines()[0]
    arguments = line[line.index("(") + 1 : line.rindex(")")].split(",")
    return [part.split()[1] for part in arguments if part.strip().startswith("ndarray ")]


def parameter_sets(name, random):
    defaults = dict(talib.abstract.Function(name).parameters)
    sets = [defaults]
    if not defaults:
        return sets
    types = [key for key in defaults if "matype" in key]
    for index in range(TYPES - 1 if types else PARAMETER_SETS):
        parameters = {}
        for key, value in defaults.items():
            if key in types:
                parameters[key] = (index + 1 + int(value) + types.index(key) * 5) % TYPES
            elif isinstance(value, int):
                parameters[key] = int(random.integers(2, 12 if index % 2 == 0 else 45))
            elif key in ("fastlimit", "slowlimit", "vfactor"):
                parameters[key] = round(float(random.uniform(0.05, 0.95)), 3)
            elif key == "percentile":
                parameters[key] = round(float(random.uniform(0, 100)), 1)
            else:
                parameters[key] = round(float(random.uniform(0, 3)), 3)
        if name == "MAVP":
            low, high = sorted((parameters["minperiod"], parameters["maxperiod"]))
            parameters.update(minperiod=low, maxperiod=high)
        sets.append(parameters)
    return sets


def uses_samples(name, parameters) -> bool:
    mama = talib.MA_Type.MAMA
    return name in APPROXIMATE or any("matype" in key and value == mama for key, value in parameters.items())


def typed(name, parameters):
    kinds = {key: type(value) for key, value in talib.abstract.Function(name).parameters.items()}
    return {key: kinds[key](value) for key, value in parameters.items()}


def lookback(name, parameters) -> int:
    function = talib.abstract.Function(name)
    function.parameters = typed(name, parameters)
    return int(function.lookback)


def make_series(folder):
    random = np.random.default_rng(SEED)
    walk = candles(random, rows=500, start=100, step=0.01)
    series = {
        "goog": read_csv(folder / "GOOG-1d.csv", 900, 500),
        "eurusd": read_csv(folder / "EURUSD-1h.csv", 2000, 500),
        "walk": walk,
        "ticks": candles(random, rows=400, start=20, step=0.008, tick=0.05, idle=0.15),
        "illiquid": candles(random, rows=400, start=0.0000123, step=0.02, tick=1e-8, idle=0.6),
        "constant": shaped(np.full(130, 7.25), spread=0.0, volume=np.full(130, 3.0)),
        "linear": shaped(10 + 0.5 * np.arange(150), spread=0.25, volume=np.arange(150) + 1.0),
        "falling": shaped(1000 - 0.75 * np.arange(150), spread=0.0, volume=np.arange(150) % 7.0),
        "alternating": shaped(50 + (np.arange(160) % 2) * 2.0, spread=0.5, volume=np.arange(160) % 3.0),
        "huge": scaled(walk, 1e100, 140),
        "tiny": scaled(walk, 1e-100, 140),
        "late": late(walk, 200),
        "holed": holed(walk, 220),
        "short": cut(walk, 6),
        "one": cut(walk, 1),
        "none": cut(walk, 0),
        "missing": {name: np.full(40, np.nan) for name in COLUMNS},
        "paused": paused(candles(np.random.default_rng(SEED + 1), rows=400, start=1, step=0.3), 400),
    }
    for columns in series.values():
        rows = len(columns["close"])
        columns.setdefault("periods", np.floor(random.random(rows) * 40))
    return series


def read_csv(path, skip, rows):
    with open(path, newline="") as file:
        lines = list(csv.DictReader(row for row in file if not row.startswith("#")))[skip : skip + rows]
    found = {key.lower(): [line[key] for line in lines] for key in lines[0]}
    return {name: np.array(found[name], float) for name in ("open", "high", "low", "close", "volume")}


def candles(random, rows, start, step, tick=0.0, idle=0.0):
    price, table = start, []
    for _ in range(rows):
        still = random.random() < idle
        close = price if still else to_tick(price * (1 + step * (random.random(3).sum() - 1.5)), tick)
        high = max(price, close) if still else to_tick(max(price, close) * (1 + step * random.random() / 2), tick)
        low = min(price, close) if still else to_tick(min(price, close) * (1 - step * random.random() / 2), tick)
        table.append((price, high, low, close, 0.0 if still else float(np.floor(random.random() ** 2 * 1e6) / 10)))
        price = close
    return dict(zip(("open", "high", "low", "close", "volume"), np.array(table).T.copy()))


def to_tick(price, tick):
    return price if tick == 0 else max(tick, round(price / tick) * tick)


def shaped(close, spread, volume):
    opens = np.concatenate((close[:1], close[:-1]))
    return {
        "open": opens,
        "high": np.maximum(opens, close) + spread,
        "low": np.minimum(opens, close) - spread,
        "close": close.astype(float),
        "volume": volume.astype(float),
    }


def scaled(columns, factor, rows):
    return {name: values[:rows] * (1 if name == "volume" else factor) for name, values in columns.items()}


def cut(columns, rows):
    return {name: values[:rows].copy() for name, values in columns.items() if name != "periods"}


def late(columns, rows):
    found = cut(columns, rows)
    for index, values in enumerate(found.values()):
        values[: 4 + index] = np.nan
    return found


def holed(columns, rows):
    found = cut(columns, rows)
    for index, values in enumerate(found.values()):
        values[90 + 7 * index] = np.nan
    return found


def paused(columns, rows):
    """Whole windows of flat bars, of which some functions clear their sums."""
    found = cut(columns, rows)
    for start, count in ((40, 30), (95, 5), (120, 45), (185, 16), (220, 29), (270, 31), (340, 38)):
        for name, values in found.items():
            values[start : start + count] = 0.0 if name == "volume" else found["close"][start - 1]
    return found


def write_json(path, value) -> None:
    path.write_text(json.dumps(value, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
