"""Computes the cases in FOLDER/cases.json with the installed TA-Lib; called by compare_with_talib.ts.

Reads FOLDER/series.bin (f64 columns), appends every output as f64 to FOLDER/outputs.bin in order and
writes FOLDER/answers.json: per case the error's text or null, and the lookback.
"""

import json
import sys
from pathlib import Path

import numpy as np
import talib
import talib.abstract


def main(folder: Path) -> None:
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
    (folder / "answers.json").write_text(json.dumps({"version": talib.__ta_version__.decode(), "answers": answers}))


def compute(case, columns, outputs):
    inputs = [columns[name] for name in case["inputs"]]
    function = getattr(talib, case["name"])
    try:
        found = function(*inputs, **case["parameters"])
    except Exception as err:  # noqa: BLE001 - the text is the answer
        return {"error": str(err), "lookback": -1}
    found = found if isinstance(found, tuple) else (found,)
    for column in found:
        outputs.write(np.asarray(column, dtype="<f8").tobytes())
    return {"error": None, "lookback": lookback(case)}


def lookback(case):
    abstract = talib.abstract.Function(case["name"])
    kinds = {name: type(value) for name, value in abstract.parameters.items()}
    abstract.parameters = {name: kinds[name](value) for name, value in case["parameters"].items()}
    return int(abstract.lookback)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
