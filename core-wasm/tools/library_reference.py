"""The references of the library kernels: technical (with qtpylib), pandas_ta, finta and ta.

Joins column_reference.REFERENCE. The last three are optional; without one its kernels have no reference.
"""

import numpy as np
import pandas as pd
from technical import indicators as technical
from technical import qtpylib

REFERENCE = {}
OHLCV = ("open", "high", "low", "close", "volume")


def frame(names, columns):
    return pd.DataFrame(dict(zip(names, columns)))


def hlc(columns):
    return frame(("high", "low", "close"), columns)


def hlcv(columns):
    return frame(("high", "low", "close", "volume"), columns)


def outputs(table, *names):
    return [table[name] for name in names]


def periods(p):
    return p["min_periods"] or None


def side(values):
    return pd.Series(values).map({"up": 1, "down": -1}).fillna(0)


REFERENCE.update(
    {
        "qtpylib_crossed_above": lambda c, p: qtpylib.crossed_above(c[0], c[1]),
        "qtpylib_crossed_below": lambda c, p: qtpylib.crossed_below(c[0], c[1]),
        "qtpylib_crossed_above_const": lambda c, p: qtpylib.crossed_above(c[0], p["value"]),
        "qtpylib_crossed_below_const": lambda c, p: qtpylib.crossed_below(c[0], p["value"]),
        "qtpylib_typical_price": lambda c, p: qtpylib.typical_price(hlc(c)),
        "qtpylib_mid_price": lambda c, p: qtpylib.mid_price(frame(("high", "low"), c)),
        "qtpylib_heikinashi": lambda c, p: outputs(qtpylib.heikinashi(frame(OHLCV, c)), *OHLCV[:4]),
        "qtpylib_bollinger_bands": lambda c, p: outputs(
            qtpylib.bollinger_bands(c[0], p["window"], p["stds"]), "upper", "mid", "lower"
        ),
        "qtpylib_hull_moving_average": lambda c, p: qtpylib.hull_moving_average(c[0], p["window"], periods(p)),
        "qtpylib_rolling_mean": lambda c, p: qtpylib.rolling_mean(c[0], p["window"]),
        "qtpylib_rolling_std": lambda c, p: qtpylib.rolling_std(c[0], p["window"]),
        "qtpylib_rolling_vwap": lambda c, p: qtpylib.rolling_vwap(hlcv(c), p["window"], periods(p)),
        "qtpylib_true_range": lambda c, p: qtpylib.true_range(hlc(c)),
        "qtpylib_atr": lambda c, p: qtpylib.atr(hlc(c), p["window"], p["exp"] != 0),
        "qtpylib_keltner_channel": lambda c, p: outputs(
            qtpylib.keltner_channel(hlc(c), p["window"], p["atrs"]), "upper", "mid", "lower"
        ),
        "qtpylib_weighted_bollinger_bands": lambda c, p: outputs(
            qtpylib.weighted_bollinger_bands(c[0], p["window"], p["stds"]), "upper", "mid", "lower"
        ),
        "qtpylib_chopiness": lambda c, p: qtpylib.chopiness(hlc(c), p["window"]),
        "qtpylib_awesome_oscillator": lambda c, p: awesome(frame(("high", "low"), c), p),
        "qtpylib_stoch": lambda c, p: stoch(hlc(c), p),
        "qtpylib_macd": lambda c, p: outputs(
            qtpylib.macd(c[0], p["fast"], p["slow"], p["smooth"]), "macd", "signal", "histogram"
        ),
    }
)


def awesome(table, p):
    if p["weighted"] == 0 and len(table) < max(p["fast"], p["slow"]):
        return np.full(len(table), np.nan)
    return qtpylib.awesome_oscillator(table, p["weighted"] != 0, p["fast"], p["slow"])


def stoch(table, p):
    options = {"window": p["window"], "d": p["d"], "k": p["k"]}
    fast, slow = qtpylib.stoch(table, fast=True, **options), qtpylib.stoch(table, **options)
    return [fast["fast_k"], fast["fast_d"], slow["slow_k"], slow["slow_d"]]


REFERENCE.update(
    {
        "technical_rmi": lambda c, p: technical.RMI(frame(("close",), c), length=p["length"], mom=p["mom"]),
        "technical_zema": lambda c, p: technical.zema(frame(("close",), c), p["period"]),
        "technical_ichimoku": lambda c, p: ichimoku(c, p),
        "technical_vidya": lambda c, p: technical.VIDYA(frame(("close",), c), p["length"], p["select"] != 0),
        "technical_ssl_channels": lambda c, p: list(
            technical.SSLChannels(hlc(c), p["length"], ("sma", "ema")[p["mode"]])
        ),
        "technical_vwma": lambda c, p: technical.vwma(frame(("close", "volume"), c), p["window"]),
        "technical_cmf": lambda c, p: technical.cmf(hlcv(c), p["period"]),
        "technical_supertrend": lambda c, p: supertrend(hlc(c), p),
        "technical_pmax": lambda c, p: pmax(frame(OHLCV, c), p),
        "technical_laguerre": lambda c, p: technical.laguerre(frame(("close",), c), p["gamma"]),
        "technical_chopiness": lambda c, p: technical.chopiness(hlc(c), p["period"]),
        "technical_williams_percent": lambda c, p: technical.williams_percent(hlc(c), p["period"]),
        "technical_fibonacci_retracements": lambda c, p: technical.fibonacci_retracements(
            frame(("close",), c), window=p["window"]
        ),
        "technical_vfi": lambda c, p: list(
            technical.vfi(hlcv(c), p["length"], p["coef"], p["vcoef"], p["signal_length"], p["smooth_vfi"] != 0)
        ),
    }
)


def ichimoku(c, p):
    table = frame(("high", "low"), c).assign(close=0.0)
    found = technical.ichimoku(
        table, p["conversion_line_period"], p["base_line_periods"], p["laggin_span"], p["displacement"]
    )
    lines = ("tenkan_sen", "kijun_sen", "senkou_span_a", "senkou_span_b")
    return outputs(found, *lines, "leading_senkou_span_a", "leading_senkou_span_b", "cloud_green", "cloud_red")


def supertrend(table, p):
    line, direction = technical.supertrend(table, p["period"], p["multiplier"])
    return [line, side(direction)]


def pmax(table, p):
    period, multiplier, length, kind = p["period"], p["multiplier"], p["length"], p["matype"]
    found = technical.PMAX(table, period, multiplier, length, kind, p["src"])
    tail = f"{period}_{multiplier}_{length}_{kind}"
    return [found[f"pm_{tail}"], side(found[f"pmX_{tail}"]), found[f"ATR_{period}"]]


def enter_pandas_ta(ta):
    def whole(found, rows, count=1):
        """The library answers None for a frame shorter than its periods."""
        if found is None and count > 1:
            raise ValueError("too short")
        if found is None:
            return [np.full(rows, np.nan)]
        return [found] if isinstance(found, pd.Series) else [found[name] for name in found.columns]

    REFERENCE.update(
        {
            "pandas_ta_cti": lambda c, p: whole(ta.cti(c[0], p["length"]), len(c[0])),
            "pandas_ta_zlma": lambda c, p: whole(ta.zlma(c[0], p["length"]), len(c[0])),
            "pandas_ta_hma": lambda c, p: whole(ta.hma(c[0], p["length"]), len(c[0])),
            "pandas_ta_vwma": lambda c, p: whole(ta.vwma(c[0], c[1], p["length"]), len(c[0])),
            "pandas_ta_efi": lambda c, p: whole(ta.efi(c[0], c[1], p["length"], drift=p["drift"]), len(c[0])),
            "pandas_ta_tsi": lambda c, p: whole(
                ta.tsi(c[0], p["fast"], p["slow"], p["signal"], p["scalar"], drift=p["drift"]), len(c[0]), 2
            ),
            "pandas_ta_squeeze": lambda c, p: whole(
                ta.squeeze(
                    *c, p["bb_length"], p["bb_std"], p["kc_length"], p["kc_scalar"], p["mom_length"], p["mom_smooth"]
                ),
                len(c[0]),
                4,
            ),
            "pandas_ta_supertrend": lambda c, p: whole(
                ta.supertrend(*c, p["length"], p["multiplier"]), len(c[0]), 4
            ),
        }
    )


def enter_finta(TA):
    def table(names, c):
        return frame(names, c).assign(open=0.0, **({} if len(c) > 3 else {"volume": 0.0}))

    REFERENCE.update(
        {
            "finta_sqzmi": lambda c, p: TA.SQZMI(table(("high", "low", "close"), c), p["period"]),
            "finta_dmi": lambda c, p: outputs(
                TA.DMI(table(("high", "low", "close"), c), p["period"], p["adjust"] != 0), "DI+", "DI-"
            ),
            "finta_adx": lambda c, p: TA.ADX(table(("high", "low", "close"), c), p["period"], p["adjust"] != 0),
            "finta_mfi": lambda c, p: TA.MFI(table(("high", "low", "close", "volume"), c), p["period"]),
            "finta_vfi": lambda c, p: TA.VFI(
                table(("high", "low", "close", "volume"), c),
                p["period"],
                p["smoothing_factor"],
                p["factor"],
                p["vfactor"],
                p["adjust"] != 0,
            ),
        }
    )


def enter_ta(momentum, trend, volatility):
    def of(made, *names):
        return [getattr(made, name)() for name in names]

    channel = ("hband", "lband", "mband", "wband", "pband")
    REFERENCE.update(
        {
            "ta_rsi": lambda c, p: momentum.rsi(c[0], p["window"]),
            "ta_stochrsi": lambda c, p: of(
                momentum.StochRSIIndicator(c[0], p["window"], p["smooth1"], p["smooth2"]),
                "stochrsi",
                "stochrsi_k",
                "stochrsi_d",
            ),
            "ta_kst": lambda c, p: of(trend.KSTIndicator(c[0], *p.values()), "kst", "kst_sig", "kst_diff"),
            "ta_ichimoku": lambda c, p: of(
                trend.IchimokuIndicator(*c, p["window1"], p["window2"], p["window3"]),
                "ichimoku_conversion_line",
                "ichimoku_base_line",
                "ichimoku_a",
                "ichimoku_b",
            ),
            "ta_bollinger_bands": lambda c, p: of(
                volatility.BollingerBands(c[0], p["window"], p["window_dev"]),
                "bollinger_mavg",
                "bollinger_hband",
                "bollinger_lband",
                "bollinger_wband",
                "bollinger_pband",
                "bollinger_hband_indicator",
                "bollinger_lband_indicator",
            ),
            "ta_donchian_channel": lambda c, p: of(
                volatility.DonchianChannel(*c, p["window"]), *(f"donchian_channel_{name}" for name in channel)
            ),
            "ta_keltner_channel": lambda c, p: of(
                volatility.KeltnerChannel(*c, p["window"]),
                *(f"keltner_channel_{name}" for name in ("mband", "hband", "lband", "wband", "pband")),
            ),
        }
    )


try:
    import pandas_ta

    enter_pandas_ta(pandas_ta)
except ImportError:
    pass
try:
    from finta import TA

    enter_finta(TA)
except ImportError:
    pass
try:
    from ta import momentum, trend, volatility

    enter_ta(momentum, trend, volatility)
except ImportError:
    pass
