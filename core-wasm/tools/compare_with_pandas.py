"""Computes the cases in FOLDER/cases.json with the installed libraries; called by compare_with_pandas.ts.

Reads FOLDER/series.bin (f64), appends every output as f64 to FOLDER/outputs.bin in order and writes
FOLDER/answers.json: per case the lengths of the outputs, "unknown" or the error's text.
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from column_reference import REFERENCE


def main(folder: Path) -> None:
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    request = json.loads((folder / "cases.json").read_text())
    raw = np.fromfile(folder / "series.bin", dtype="<f8")
    columns, start = {}, 0
    for name, length in request["columns"]:
        columns[name] = raw[start : start + length].copy()
        start += length
    answers = []
    with open(folder / "outputs.bin", "wb") as outputs:
        for case in request["cases"]:
            answers.append(compute(case, columns, outputs))
    versions = f"pandas {pd.__version__}, numpy {np.__version__}"
    (folder / "answers.json").write_text(json.dumps({"version": versions, "answers": answers}))


def compute(case, columns, outputs):
    function = REFERENCE.get(case["name"])
    if function is None:
        return "unknown"
    inputs = [typed(columns[name], kind) for name, kind in case["inputs"]]
    try:
        found = function(inputs, {name: whole(value) for name, value in case["parameters"].items()})
    except Exception as err:  # noqa: BLE001 - the text is the answer
        return f"{type(err).__name__}: {err}"
    found = found if isinstance(found, (list, tuple)) else [found]
    found = [plain(column) for column in found]
    for column in found:
        outputs.write(column.tobytes())
    return [len(column) for column in found]


def whole(value):
    """JSON has no NaN; whole numbers stay whole."""
    return np.nan if value is None else value


def typed(values, kind):
    """A pandas Series of the column type; dates have milliseconds."""
    if kind == "bool":
        return pd.Series(values != 0)
    if kind in ("int", "tag"):
        return pd.Series(values.astype("int64"))
    if kind == "i32":
        return pd.Series(values.astype("int32"))
    if kind == "time":
        return pd.Series(values.astype("datetime64[ms]")).dt.tz_localize("UTC")
    return pd.Series(values)


def plain(column):
    """As f64: dates are their milliseconds, flags 0 and 1."""
    series = column if isinstance(column, pd.Series) else pd.Series(np.asarray(column))
    if isinstance(series.dtype, pd.DatetimeTZDtype):
        stamps = series.dt.tz_convert("UTC").dt.tz_localize(None).astype("datetime64[ms]")
        return np.where(stamps.isna(), np.nan, stamps.to_numpy().astype("int64").astype("f8"))
    return series.to_numpy(dtype="f8", na_value=np.nan)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
