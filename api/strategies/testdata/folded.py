from functools import reduce

import numpy as np
import talib.abstract as ta
from freqtrade.strategy import CategoricalParameter, IntParameter, IStrategy

PERIODS = [3, 5, 8]
LIMITS = {"low": 35, "high": 65}


def distance(frame, left, right="close"):
    return (frame[left] - frame[right]) / frame[right]


class Folded(IStrategy):
    """Python that is known while compiling: loops, helpers, closures, formatting, branches."""

    timeframe = "5m"
    minimal_roi = {"0": 0.01}
    stoploss = -0.2
    buy_kind = CategoricalParameter(["ema", "sma"], default="sma", space="buy")
    buy_count = IntParameter(1, 3, default=2, space="buy")
    weights = [1 / (i + 1) for i in range(3)]

    def average(self, dataframe, kind, period):
        if kind == "ema":
            return ta.EMA(dataframe, timeperiod=period)
        elif kind == "sma":
            return ta.SMA(dataframe, timeperiod=period)
        raise ValueError(kind)

    @staticmethod
    def clamp(column, low=0.0, *, high=100.0):
        return np.minimum(np.maximum(column, low), high)

    def populate_indicators(self, dataframe, metadata):
        blend = 0
        for i, period in enumerate(PERIODS):
            name = f"{self.buy_kind.value}_{period:02d}"
            dataframe[name] = self.average(dataframe, self.buy_kind.value, period)
            dataframe["gap_{}".format(period)] = distance(dataframe, name)
            blend = blend + dataframe[name] * self.weights[i]
        dataframe["blend"] = blend / sum(self.weights)
        dataframe["rsi"] = self.clamp(ta.RSI(dataframe, timeperiod=4), low=10.0, high=90)
        width = max(PERIODS) - min(PERIODS)
        dataframe["spread"] = dataframe["close"].rolling(width).max() - dataframe["close"]
        return dataframe

    def populate_entry_trend(self, dataframe, metadata):
        conditions = []
        for period in PERIODS[: self.buy_count.value]:
            conditions.append(dataframe[f"gap_{period}"] > 0)
        if len(conditions) > 1 and LIMITS.get("low", 0):
            conditions += [dataframe["rsi"] < LIMITS["low"]]
        if conditions:
            dataframe.loc[reduce(lambda x, y: x & y, conditions), "enter_long"] = 1
        return dataframe

    def populate_exit_trend(self, dataframe, metadata):
        keys = [k for k, v in LIMITS.items() if v > 50]
        masks = {k: dataframe["rsi"] > LIMITS[k] for k in keys}
        dataframe.loc[masks["high"] if "high" in masks else (), "exit_long"] = True
        return dataframe
