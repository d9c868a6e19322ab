"""Times TA-Lib's C functions over the columns in FOLDER/series.bin; called by indicators_bench.ts.

The C library is called by ctypes with outputs allocated once, so that the time is the function's own.
Reads FOLDER/request.json (rows, columns, repeats, functions); prints a JSON object: nanoseconds a bar by name.
"""

import ctypes
import json
import sys
import time
from pathlib import Path

import numpy as np
import talib
import talib.abstract

ABSTRACT = {"real": "close", "real0": "high", "real1": "low"}


def main(folder: Path) -> None:
    request = json.loads((folder / "request.json").read_text())
    rows = request["rows"]
    raw = np.fromfile(folder / "series.bin", dtype="<f8").reshape(len(request["columns"]), rows)
    columns = {name: np.ascontiguousarray(raw[i]) for i, name in enumerate(request["columns"])}
    library = ctypes.CDLL(find_library())
    times = {}
    for name in request["functions"]:
        call = prepare(library, name, columns, rows)
        call()
        times[name] = min(timed(call) for _ in range(request["repeats"])) / rows
    print(json.dumps({"version": talib.__ta_version__.decode().split(" ")[0], "times": times}))


def find_library() -> str:
    bundled = sorted((Path(talib.__file__).parent.parent / "ta_lib.libs").glob("libta*lib*"))
    return str(bundled[0]) if bundled else "libta-lib.so.0"


def prepare(library, name, columns, rows):
    abstract = talib.abstract.Function(name)
    line = getattr(talib, name).__doc__.strip().splitlines()[0]
    names = [part.split()[1] for part in line[line.index("(") + 1 : -1].split(",") if "ndarray" in part]
    function = getattr(library, f"TA_{name}")
    arguments = [ctypes.c_int(0), ctypes.c_int(rows - 1)]
    arguments += [pointer(columns[ABSTRACT.get(each, each)]) for each in names]
    for value in abstract.parameters.values():
        arguments.append(ctypes.c_int(value) if isinstance(value, int) else ctypes.c_double(value))
    begin, count = ctypes.c_int(), ctypes.c_int()
    arguments += [ctypes.byref(begin), ctypes.byref(count)]
    outputs = [np.zeros(rows) for _ in abstract.output_names]
    arguments += [pointer(column) for column in outputs]

    def call():
        status = function(*arguments)
        if status != 0:
            raise RuntimeError(f"{name} answered {status}")

    call.outputs = outputs
    return call


def pointer(column):
    return column.ctypes.data_as(ctypes.c_void_p)


def timed(call) -> int:
    start = time.perf_counter_ns()
    call()
    return time.perf_counter_ns() - start


if __name__ == "__main__":
    main(Path(sys.argv[1]))
