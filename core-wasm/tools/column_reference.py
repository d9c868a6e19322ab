"""What the column, window, library and time kernels have to equal: one entry a registry row.

An entry takes the input columns (pandas Series of the row's input types, in order) and the parameters by
name, and answers one column or a list of them. Used by compare_with_pandas.py and make_column_goldens.py.
"""

import library_reference
import numpy as np
import pandas as pd

REFERENCE = dict(library_reference.REFERENCE)


def reference(name):
    def enter(function):
        REFERENCE[name] = function
        return function

    return enter


def window_of(series, p):
    periods = p["min_periods"]
    return series.rolling(p["window"], min_periods=None if periods == 0 else max(0, periods))


def window_at(series, p):
    """Ends `end` rows later: the column with missing rows behind it, computed and cut."""
    end, rows = p["end"], len(series)
    longer = pd.concat([series, pd.Series(np.full(max(0, end), np.nan))], ignore_index=True)
    return longer, lambda found: pd.Series(found.to_numpy()[end:]) if end > 0 else found.shift(-end)[:rows]


STATISTICS = {
    "mean": lambda w, p: w.mean(),
    "sum": lambda w, p: w.sum(),
    "min": lambda w, p: w.min(),
    "max": lambda w, p: w.max(),
    "std": lambda w, p: w.std(ddof=p["ddof"]),
    "var": lambda w, p: w.var(ddof=p["ddof"]),
    "count": lambda w, p: w.count(),
    "median": lambda w, p: w.median(),
    "quantile": lambda w, p: w.quantile(p["quantile"], interpolation=INTERPOLATIONS[p["interpolation"]]),
    "rank": lambda w, p: w.rank(method=RANKS[p["method"]], ascending=p["ascending"] != 0, pct=p["pct"] != 0),
    "skew": lambda w, p: w.skew(),
    "kurt": lambda w, p: w.kurt(),
}
INTERPOLATIONS = ("linear", "lower", "higher", "nearest", "midpoint")
RANKS = ("average", "min", "max")


def enter_windows():
    for name, statistic in STATISTICS.items():
        REFERENCE[f"rolling_{name}"] = lambda c, p, s=statistic, n=name: s(rolling(c[0], p, n), p)
        REFERENCE[f"rolling_{name}_at"] = lambda c, p, s=statistic, n=name: ended(c[0], p, s, n)
        REFERENCE[f"expanding_{name}"] = lambda c, p, s=statistic: s(c[0].expanding(p["min_periods"]), p)


def rolling(series, p, name):
    if name == "count":
        return series.rolling(p["window"], min_periods=max(0, p["min_periods"]))
    return window_of(series, p)


def ended(series, p, statistic, name):
    """pandas' own `center` and `closed` where they say what `end` does, a lengthened column elsewhere."""
    window, end = p["window"], p["end"]
    periods = (0 if name == "count" else None) if p["min_periods"] == 0 else max(0, p["min_periods"])
    if end == (window - 1) // 2 and end > 0 and name != "count":
        return statistic(series.rolling(window, min_periods=periods, center=True), p)
    if end == -1 and name not in ("count", "sum"):
        return statistic(series.rolling(window, min_periods=periods, closed="left"), p)
    longer, cut = window_at(series, p)
    return cut(statistic(rolling(longer, p, name), p))


enter_windows()


@reference("rolling_cov")
def rolling_cov(c, p):
    return window_of(c[0], p).cov(c[1], ddof=p["ddof"])


@reference("rolling_corr")
def rolling_corr(c, p):
    return window_of(c[0], p).corr(c[1])


@reference("rolling_cov_at")
def rolling_cov_at(c, p):
    x, cut = window_at(c[0], p)
    return cut(window_of(x, p).cov(window_at(c[1], p)[0], ddof=p["ddof"]))


@reference("rolling_corr_at")
def rolling_corr_at(c, p):
    x, cut = window_at(c[0], p)
    return cut(window_of(x, p).corr(window_at(c[1], p)[0]))


@reference("expanding_cov")
def expanding_cov(c, p):
    return c[0].expanding(p["min_periods"]).cov(c[1], ddof=p["ddof"])


@reference("expanding_corr")
def expanding_corr(c, p):
    return c[0].expanding(p["min_periods"]).corr(c[1])


def ewm_of(series, p):
    given = ("com", "span", "halflife", "alpha")[p["given"]]
    return series.ewm(
        **{given: p["value"]},
        min_periods=p["min_periods"],
        adjust=p.get("adjust", 1) != 0,
        ignore_na=p["ignore_na"] != 0,
    )


REFERENCE["ewm_mean"] = lambda c, p: ewm_of(c[0], p).mean()
REFERENCE["ewm_sum"] = lambda c, p: ewm_of(c[0], p).sum()
REFERENCE["ewm_var"] = lambda c, p: ewm_of(c[0], p).var(bias=p["bias"] != 0)
REFERENCE["ewm_std"] = lambda c, p: ewm_of(c[0], p).std(bias=p["bias"] != 0)
REFERENCE["ewm_cov"] = lambda c, p: ewm_of(c[0], p).cov(c[1], bias=p["bias"] != 0)
REFERENCE["ewm_corr"] = lambda c, p: ewm_of(c[0], p).corr(c[1])


def enter_arithmetic():
    operators = {
        "add": lambda a, b: a + b,
        "sub": lambda a, b: a - b,
        "mul": lambda a, b: a * b,
        "div": lambda a, b: a / b,
        "floordiv": lambda a, b: a // b,
        "mod": lambda a, b: a % b,
        "pow": lambda a, b: a**b,
    }
    comparisons = {
        "lt": lambda a, b: a < b,
        "le": lambda a, b: a <= b,
        "gt": lambda a, b: a > b,
        "ge": lambda a, b: a >= b,
        "eq": lambda a, b: a == b,
        "ne": lambda a, b: a != b,
    }
    for name, f in {**operators, **comparisons}.items():
        REFERENCE[name] = lambda c, p, f=f: f(c[0], c[1])
        REFERENCE[f"{name}_const"] = lambda c, p, f=f: f(c[0], p["value"])
        REFERENCE[f"r{name}_const"] = lambda c, p, f=f: f(p["value"], c[0])
        REFERENCE[f"{name}_int"] = lambda c, p, f=f: f(c[0], c[1])
        REFERENCE[f"{name}_int_const"] = lambda c, p, f=f: f(c[0], int(p["value"]))
        REFERENCE[f"r{name}_int_const"] = lambda c, p, f=f: f(int(p["value"]), c[0])
    for name in ("eq", "ne"):
        REFERENCE[f"{name}_bool"] = lambda c, p, f=comparisons[name]: f(c[0], c[1])
        REFERENCE[f"{name}_tag_const"] = lambda c, p, f=comparisons[name]: f(c[0], int(p["value"]))


def enter_functions():
    names = "abs sign sqrt exp log log10 log2 log1p expm1 sin cos tan arcsin arccos arctan sinh cosh tanh"
    for name in (names + " floor ceil trunc isinf isfinite").split():
        REFERENCE[name] = lambda c, p, f=getattr(np, name): f(c[0])
    for name in "maximum minimum fmax fmin".split():
        REFERENCE[name] = lambda c, p, f=getattr(np, name): f(c[0], c[1])
        REFERENCE[f"{name}_const"] = lambda c, p, f=getattr(np, name): f(c[0], p["value"])
    for name in "isna notna ffill bfill cumsum cumprod cummax cummin interpolate".split():
        REFERENCE[name] = lambda c, p, n=name: getattr(c[0], n)()
    for name in "cumsum cummax cummin".split():
        REFERENCE[f"{name}_int"] = lambda c, p, n=name: getattr(c[0], n)()


enter_arithmetic()
enter_functions()


def bound(value):
    return None if np.isnan(value) else value


def constant(column, value):
    return np.full(len(column), value)


REFERENCE.update(
    {
        "neg": lambda c, p: -c[0],
        "neg_int": lambda c, p: -c[0],
        "abs_int": lambda c, p: c[0].abs(),
        "round": lambda c, p: c[0].round(p["decimals"]),
        "clip": lambda c, p: c[0].clip(bound(p["lower"]), bound(p["upper"])),
        "clip_lower": lambda c, p: c[0].clip(lower=c[1]),
        "clip_upper": lambda c, p: c[0].clip(upper=c[1]),
        "and": lambda c, p: c[0] & c[1],
        "or": lambda c, p: c[0] | c[1],
        "xor": lambda c, p: c[0] ^ c[1],
        "not": lambda c, p: ~c[0],
        "where": lambda c, p: np.where(c[0], c[1], c[2]),
        "where_int": lambda c, p: np.where(c[0], c[1], c[2]),
        "where_bool": lambda c, p: np.where(c[0], c[1], c[2]),
        "where_tag": lambda c, p: np.where(c[0], c[1], c[2]),
        "where_const": lambda c, p: c[1].mask(c[0], p["value"]),
        "where_int_const": lambda c, p: c[1].mask(c[0], int(p["value"])),
        "where_bool_const": lambda c, p: c[1].mask(c[0], p["value"] != 0),
        "where_tag_const": lambda c, p: c[1].mask(c[0], int(p["value"])),
        "fillna": lambda c, p: c[0].fillna(c[1]),
        "fillna_const": lambda c, p: c[0].fillna(p["value"]),
        "nan_to_num": lambda c, p: np.nan_to_num(c[0], nan=p["nan"], posinf=p["posinf"], neginf=p["neginf"]),
        "replace": lambda c, p: c[0].replace(p["from"], p["value"]),
        "isclose": lambda c, p: np.isclose(c[0], c[1], p["rtol"], p["atol"], p["equal_nan"] != 0),
        "shift": lambda c, p: c[0].shift(p["periods"]),
        "shift_tag": lambda c, p: c[0].shift(p["periods"], fill_value=-1),
        "shift_fill": lambda c, p: c[0].shift(p["periods"], fill_value=p["value"]),
        "shift_int_fill": lambda c, p: c[0].shift(p["periods"], fill_value=int(p["value"])),
        "shift_bool_fill": lambda c, p: c[0].shift(p["periods"], fill_value=p["value"] != 0),
        "roll": lambda c, p: np.roll(c[0], p["periods"]),
        "diff": lambda c, p: c[0].diff(p["periods"]),
        "pct_change": lambda c, p: c[0].pct_change(p["periods"]),
        "f64_of_int": lambda c, p: c[0].astype(float),
        "f64_of_i32": lambda c, p: c[0].astype(float),
        "f64_of_bool": lambda c, p: c[0].astype(float),
        "f64_of_time": lambda c, p: c[0].dt.tz_localize(None).astype("datetime64[ms]").astype("int64"),
        "int_of_bool": lambda c, p: c[0].astype(int),
        "int_of_i32": lambda c, p: c[0].astype(int),
        "int_of_f64": lambda c, p: c[0].astype("int64"),
        "bool_of_f64": lambda c, p: c[0].astype(bool),
        "bool_of_int": lambda c, p: c[0].astype(bool),
        "time_of_f64": lambda c, p: c[0],
        "group_cumcount": lambda c, p: c[0].groupby(c[0]).cumcount(),
        "group_cumsum": lambda c, p: c[1].groupby(c[0]).cumsum(),
        "group_cummax": lambda c, p: c[1].groupby(c[0]).cummax(),
        "group_cummin": lambda c, p: c[1].groupby(c[0]).cummin(),
        "group_shift": lambda c, p: c[1].groupby(c[0]).shift(),
        "group_first": lambda c, p: c[1].groupby(c[0]).transform(lambda g: g.ffill().bfill().iloc[0]).where(
            c[1].groupby(c[0]).ffill().notna()
        ),
        "group_whole": lambda c, p: c[1].groupby(c[0]).transform(
            ("sum", "mean", "min", "max", "last")[p["statistic"]]
        ),
        "whole_sum": lambda c, p: constant(c[0], c[0].sum()),
        "whole_mean": lambda c, p: constant(c[0], c[0].mean()),
        "whole_var": lambda c, p: constant(c[0], c[0].var(ddof=p["ddof"])),
        "whole_std": lambda c, p: constant(c[0], c[0].std(ddof=p["ddof"])),
        "whole_min": lambda c, p: constant(c[0], c[0].min()),
        "whole_max": lambda c, p: constant(c[0], c[0].max()),
        "whole_count": lambda c, p: constant(c[0], c[0].count()),
        "whole_quantile": lambda c, p: constant(c[0], c[0].quantile(p["quantile"])),
        "whole_any": lambda c, p: constant(c[0], c[0].any()),
        "whole_all": lambda c, p: constant(c[0], c[0].all()),
        "rank": lambda c, p: c[0].rank(
            method=("average", "min", "max", "first", "dense")[p["method"]],
            ascending=p["ascending"] != 0,
            pct=p["pct"] != 0,
        ),
    }
)

for part in "year month day dayofweek dayofyear quarter hour minute second".split():
    REFERENCE[f"time_{part}"] = lambda c, p, n=part: getattr(c[0].dt, n)
REFERENCE.update(
    {
        "time_week": lambda c, p: c[0].dt.isocalendar().week.astype(int),
        "time_units": lambda c, p: c[0].dt.tz_localize(None).astype("datetime64[ms]").astype("int64")
        // int(p["unit"]),
        "time_floor": lambda c, p: c[0].dt.floor(pd.Timedelta(int(p["unit"]), "ms")),
        "time_next_month": lambda c, p: c[0].dt.normalize() + pd.offsets.MonthBegin(1),
        "time_session": lambda c, p: session(c[0].dt.hour * 60 + c[0].dt.minute, p["start"], p["stop"]),
    }
)


def session(minute, start, stop):
    return (minute >= start) & (minute < stop) if start < stop else (minute >= start) | (minute < stop)
