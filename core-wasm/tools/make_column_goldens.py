"""Computes the golden answers of the column, window, library and time kernels.

    deno run -A core-wasm/tools/write_column_cases.ts
    python core-wasm/tools/make_column_goldens.py [--out core-wasm/testdata/indicators]

Needs pandas, numpy, technical (with TA-Lib), pandas_ta (ft-pandas-ta), finta, ta and freqtrade. Both runs
repeated reproduce every byte.

column_cases.json    (from the first script) seed, series (name, rows), columns, cases
column_series.bin    (from the first script) f64 little-endian, series after series, column after column
column_digests.bin   for each case, series and output, 8 bytes: the start of the SHA-256 of the output as
                     f64, every NaN the same; 8 bytes 0xff: the reference refuses
column_samples.bin   the same order, for cases with "samples": 48 values spread evenly over the rows, all of
                     them -inf where the reference refuses
column_versions.json the versions of the libraries
align_cases.json     rows that freqtrade's merge_informative_pair takes, technical's resampled candles, and means
                     of such candles that pandas spreads over the narrow frame again
"""

import argparse
import hashlib
import importlib.metadata
import json
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from column_reference import REFERENCE
from compare_with_pandas import plain, typed, whole
from freqtrade.strategy.strategy_helper import merge_informative_pair
from technical.util import resample_to_interval

SEED = 20260815
SAMPLES = 48
ALIGNMENTS = 60
MINUTES = {"5m": 5, "15m": 15, "1h": 60, "4h": 240, "1d": 1440, "1w": 10080, "1M": 43200}
PACKAGES = "pandas numpy technical ft-pandas-ta finta ta freqtrade TA-Lib bottleneck"


def main() -> None:
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    parser = argparse.ArgumentParser()
    root = Path(__file__).resolve().parents[2]
    parser.add_argument("--out", type=Path, default=root / "core-wasm/testdata/indicators")
    out = parser.parse_args().out
    description = json.loads((out / "column_cases.json").read_text())
    series = read_series(out, description)
    outputs, digests, samples = {}, bytearray(), bytearray()
    for case in description["cases"]:
        for columns in series.values():
            found = compute(case, columns)
            if isinstance(found, list):
                outputs[case["name"]] = len(found)
            answer(case, found, digests, samples, outputs.get(case["name"], 1), columns)
    (out / "column_digests.bin").write_bytes(digests)
    (out / "column_samples.bin").write_bytes(samples)
    write_json(out / "column_versions.json", {name: importlib.metadata.version(name) for name in PACKAGES.split()})
    write_json(out / "align_cases.json", alignments(np.random.default_rng(SEED)))


def read_series(out, description):
    raw = np.fromfile(out / "column_series.bin", dtype="<f8")
    series, at = {}, 0
    for name, rows in description["series"]:
        columns = {}
        for column in description["columns"]:
            columns[column] = raw[at : at + rows].copy()
            at += rows
        series[name] = columns
    return series


def compute(case, columns):
    inputs = [typed(columns[name], kind) for name, kind in case["inputs"]]
    try:
        found = REFERENCE[case["name"]](inputs, {name: whole(value) for name, value in case["parameters"].items()})
    except KeyError:
        raise
    except Exception:  # noqa: BLE001 - a refusal is an answer
        return None
    found = found if isinstance(found, (list, tuple)) else [found]
    return [plain(column) for column in found]


def answer(case, found, digests, samples, count, columns) -> None:
    rows = len(columns["close"])
    if case.get("samples"):
        for column in found or [np.full(rows, -np.inf)] * count:
            picked = [rows * i // SAMPLES for i in range(SAMPLES)]
            samples += column[picked].astype("<f8").tobytes()
    elif found is None:
        digests += b"\xff" * 8 * count
    else:
        for column in found:
            digests += digest(column)


def digest(column) -> bytes:
    column = np.where(np.isnan(column), np.nan, column).astype("<f8")
    return hashlib.sha256(column.tobytes()).digest()[:8]


def alignments(random):
    merges = [merge(random) for _ in range(ALIGNMENTS)]
    resamples = [resample(random) for _ in range(ALIGNMENTS // 3)]
    return {"merges": merges, "resamples": resamples, "spreads": [spread(random) for _ in range(ALIGNMENTS // 6)]}


def merge(random):
    base = str(random.choice(["5m", "15m", "1h"]))
    wider = [name for name, minutes in MINUTES.items() if minutes >= MINUTES[base]]
    wide = str(random.choice(wider))
    start = pd.Timestamp("2023-11-28", tz="UTC") + pd.Timedelta(int(random.integers(0, 288)) * 5, "min")
    start = start.floor(f"{MINUTES[base]}min")
    dates = thin(pd.date_range(start, periods=int(random.integers(1, 60)), freq=f"{MINUTES[base]}min"), random)
    shift = int(random.integers(-3, 2))
    first = start.floor("1D").replace(day=1) if wide == "1M" else start.floor(f"{MINUTES[wide]}min")
    step = "MS" if wide == "1M" else f"{MINUTES[wide]}min"
    others = pd.date_range(first + shift * pd.Timedelta(MINUTES[wide], "min"), periods=int(random.integers(0, 40)), freq=step)
    others = thin(others, random)
    fill = bool(random.random() < 0.7)
    frame = pd.DataFrame({"date": dates.astype("datetime64[ms, UTC]")})
    informative = pd.DataFrame({"date": others.astype("datetime64[ms, UTC]"), "row": np.arange(len(others), dtype=float)})
    found = merge_informative_pair(frame, informative, base, wide, ffill=fill)
    rows = found[f"row_{wide}"].fillna(-1).astype(int).tolist()
    return {"timeframe": base, "informative": wide, "fill": fill, "dates": stamps(dates), "others": stamps(others), "rows": rows}


def thin(dates, random):
    return dates[random.random(len(dates)) > (0.1 if random.random() < 0.5 else 0)]


def stamps(dates):
    return [int(date.timestamp() * 1000) for date in dates]


def resample(random):
    step, interval = [(1, 5), (5, 15), (5, 60), (60, 240), (60, 1440), (30, 10080), (1, 7)][int(random.integers(0, 7))]
    start = pd.Timestamp("2024-02-27", tz="UTC") + pd.Timedelta(int(random.integers(0, 300)) * step, "min")
    dates = thin(pd.date_range(start, periods=int(random.integers(2, 120)), freq=f"{step}min"), random)
    close = np.round(100 * np.exp(np.cumsum(random.standard_normal(len(dates)) * 0.01)), 3)
    frame = pd.DataFrame({"date": dates.astype("datetime64[ms, UTC]"), "open": close, "high": close + 1, "low": close - 1})
    frame = frame.assign(close=close + 0.25, volume=np.round(random.random(len(dates)) * 100, 3))
    frame.loc[random.random(len(dates)) < 0.05, "close"] = np.nan
    found = resample_to_interval(frame, interval)
    names = ["open", "high", "low", "close", "volume"]
    return {
        "interval": interval,
        "candles": {"date": stamps(frame["date"]), **{name: numbers(frame[name]) for name in names}},
        "resampled": {"date": stamps(found["date"]), **{name: numbers(found[name]) for name in names}},
    }


def spread(random):
    """Candles of a wider frame labelled at their end, spread over the narrow frame again and merged."""
    step, factor, drops = 5, int(random.integers(2, 7)), bool(random.random() < 0.5)
    start = pd.Timestamp("2024-02-27", tz="UTC") + pd.Timedelta(int(random.integers(0, 200)) * step, "min")
    dates = thin(pd.date_range(start, periods=int(random.integers(2, 120)), freq=f"{step}min"), random)
    close = np.round(100 * np.exp(np.cumsum(random.standard_normal(len(dates)) * 0.01)), 3)
    frame = pd.DataFrame({"date": dates.astype("datetime64[ms, UTC]"), "open": close, "high": close + 1, "low": close - 1})
    frame = frame.assign(close=close + 0.25)
    rules = {"open": "first", "high": "max", "low": "min", "close": "last"}
    wide = frame.set_index(pd.DatetimeIndex(frame["date"])).resample(f"{step * factor}min", label="right").agg(rules)
    if drops:
        wide = wide.dropna(how="any")
    mean = wide["close"].rolling(3).mean()
    spreaded = pd.DataFrame({"mean": mean}).resample(f"{step}min").interpolate(method="time")
    spreaded["date"] = spreaded.index
    merged = frame.merge(spreaded.reset_index(drop=True), on="date", how="left")
    return {
        "step": step,
        "interval": step * factor,
        "drops": drops,
        "candles": {"date": stamps(frame["date"]), **{name: numbers(frame[name]) for name in rules}},
        "mean": numbers(merged["mean"]),
    }


def numbers(column):
    return [None if np.isnan(value) else float(value) for value in column]


def write_json(path, value) -> None:
    path.write_text(json.dumps(value, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
