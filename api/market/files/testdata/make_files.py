"""Writes the same candles in every format, by the programs that people have them from.

    python make_files.py
    python make_files.py --bench DIR

The second form writes a million candles in the formats that the benchmark cannot write itself.
Made with freqtrade 2026.9, pandas 3.1.1, pyarrow 26.0.1. `candles.csv` holds what every other file
must read as; the files named for what is wrong with them must be refused.
"""

import argparse
import gzip
import shutil
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as parquet
from freqtrade.data.history.datahandlers import get_datahandler
from freqtrade.enums import CandleType

HERE = Path(__file__).parent
ROWS = 120
SEED = 7
COLUMNS = ["open", "high", "low", "close", "volume"]
TEN_GIGABYTES = 10 * 1024**3


def make_candles(rows: int = ROWS, step: str = "1h") -> pd.DataFrame:
    random = np.random.default_rng(SEED)
    close = np.round(100 * np.exp(np.cumsum(random.normal(0, 0.01 if rows == ROWS else 1e-4, rows))), 2)
    opened = np.roll(close, 1)
    opened[0] = 100
    return pd.DataFrame({
        "date": pd.date_range("2024-01-01", periods=rows, freq=step, tz="UTC"),
        "open": opened,
        "high": np.maximum(opened, close) + 0.5,
        "low": np.minimum(opened, close) - 0.25,
        "close": close,
        "volume": np.round(random.random(rows) * 1000, 3),
    })


def milliseconds(candles: pd.DataFrame) -> list[int]:
    return [int(date.timestamp()) * 1000 for date in candles["date"]]


def write_csv(candles: pd.DataFrame) -> None:
    rows = zip(milliseconds(candles), *(candles[name] for name in COLUMNS), strict=True)
    text = "".join(",".join([str(time), *(repr(float(x)) for x in rest)]) + "\n" for time, *rest in rows)
    (HERE / "candles.csv").write_text("timestamp_ms,open,high,low,close,volume\n" + text)


def write_freqtrade(candles: pd.DataFrame) -> None:
    names = {"feather": "feather", "parquet": "parquet", "json": "json", "jsongz": "json.gz"}
    for handler, suffix in names.items():
        with tempfile.TemporaryDirectory() as folder:
            get_datahandler(Path(folder), handler).ohlcv_store("A/USDT", "1h", candles, CandleType.SPOT)
            shutil.copy(Path(folder) / f"A_USDT-1h.{suffix}", HERE / f"freqtrade.{suffix}")


def write_pandas(candles: pd.DataFrame) -> None:
    candles.to_feather(HERE / "zstd.feather", compression="zstd")
    candles.to_feather(HERE / "plain.feather", compression="uncompressed")
    candles.to_feather(HERE / "batches.feather", compression="lz4", chunksize=50)
    for codec in ["snappy", "zstd", "gzip", "brotli", "lz4"]:
        candles.to_parquet(HERE / f"{codec}.parquet", compression=codec)
    candles.set_index("date").to_parquet(HERE / "index.parquet", compression="zstd")


def write_unusual(candles: pd.DataFrame) -> None:
    """Other types that say the same, columns of text around the candles, small pages and groups."""
    table = pa.table({
        "symbol": pa.array(["A/USDT"] * ROWS).dictionary_encode(),
        "note": ["x" * (row % 5) for row in range(ROWS)],
        "Date": pa.array(candles["date"]).cast(pa.timestamp("ns", "UTC")),
        **{name.title(): candles[name] for name in COLUMNS},
    })
    feather.write_feather(table, HERE / "text_columns.feather", compression="zstd")
    options = {"use_dictionary": ["Open", "Close", "symbol"], "data_page_version": "2.0"}
    parquet.write_table(
        table, HERE / "small_pages.parquet", compression="zstd", row_group_size=70, data_page_size=100,
        write_batch_size=16, **options,
    )


def write_nulls(candles: pd.DataFrame) -> None:
    """Rows 3 and 9 lack a price, row 5 the volume; times are whole numbers of seconds."""
    gaps = {"open": [2], "close": [8], "volume": [4]}
    table = pa.table({
        "time": pa.array([ms // 1000 for ms in milliseconds(candles)], pa.int64()),
        **{
            name: pa.array([None if row in gaps.get(name, []) else x for row, x in enumerate(candles[name])])
            for name in COLUMNS
        },
    })
    feather.write_feather(table, HERE / "nulls.feather", compression="lz4")
    parquet.write_table(table, HERE / "nulls.parquet", compression="snappy")


def write_binance(candles: pd.DataFrame) -> None:
    rows = zip(milliseconds(candles), *(candles[name] for name in COLUMNS), strict=True)
    text = "".join(
        ",".join([f"{time}000", *(repr(float(x)) for x in rest), f"{time + 3_599_999}999", "1", "2", "3", "4", "0"])
        + "\n"
        for time, *rest in rows
    )
    with zipfile.ZipFile(HERE / "binance.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        name = zipfile.ZipInfo("AUSDT-1h-2024-01.csv", (2024, 2, 1, 0, 0, 0))
        archive.writestr(name, text, zipfile.ZIP_DEFLATED)


def write_refused(candles: pd.DataFrame) -> None:
    wrong = candles.assign(open=[str(x) for x in candles["open"]])
    wrong.to_feather(HERE / "wrong_types.feather", compression="lz4")
    wrong.to_parquet(HERE / "wrong_types.parquet", compression="zstd")
    candles.drop(columns="low").to_feather(HERE / "no_low.feather", compression="lz4")
    flat = pa.table({
        "date": pa.array(np.full(500_000, milliseconds(candles)[0]), pa.timestamp("ms", "UTC")),
        **{name: np.ones(500_000) for name in COLUMNS},
    })
    parquet.write_table(flat, HERE / "half_a_million_of_nothing.parquet", compression="zstd")
    declare_ten_gigabytes(HERE / "zstd.parquet", HERE / "ten_gigabytes.parquet")


def declare_ten_gigabytes(source: Path, target: Path) -> None:
    """Changes the size that the row group declares, in the compact Thrift of the footer."""
    size = parquet.ParquetFile(source).metadata.row_group(0).total_byte_size
    data = source.read_bytes()
    footer_start = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    footer = data[footer_start:-8]
    # Field 2 of the row group, an i64; the rows that follow are field 3.
    before = b"\x16" + varint(size) + b"\x16" + varint(ROWS)
    after = b"\x16" + varint(TEN_GIGABYTES) + b"\x16" + varint(ROWS)
    assert footer.count(before) == 1
    changed = footer.replace(before, after)
    target.write_bytes(data[:footer_start] + changed + len(changed).to_bytes(4, "little") + b"PAR1")


def varint(value: int) -> bytes:
    value *= 2
    out = []
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def write_bench(folder: Path) -> None:
    candles = make_candles(1_000_000, "1min")
    get_datahandler(folder, "feather").ohlcv_store("LZ4/USDT", "1m", candles, CandleType.SPOT)
    candles.to_feather(folder / "ZSTD_USDT-1m.feather", compression="zstd")
    for codec in ["snappy", "zstd", "gzip"]:
        candles.to_parquet(folder / f"{codec.upper()}_USDT-1m.parquet", compression=codec)


def write_all() -> None:
    made = make_candles()
    for write in [write_csv, write_freqtrade, write_pandas, write_unusual, write_nulls, write_binance, write_refused]:
        write(made)
    # A time of day in the header would change the file with every run.
    (HERE / "freqtrade.json.gz").write_bytes(gzip.compress((HERE / "freqtrade.json").read_bytes(), mtime=0))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path)
    bench = parser.parse_args().bench
    if bench is None:
        write_all()
    else:
        write_bench(bench)
