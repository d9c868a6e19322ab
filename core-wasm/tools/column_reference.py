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
