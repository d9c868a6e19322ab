"""Buys pullbacks inside an hourly uptrend and sells strength."""

import talib.abstract as ta
from freqtrade.strategy import DecimalParameter, IntParameter, IStrategy
from pandas import DataFrame
from technical import qtpylib


class TrendPullback(IStrategy):
    INTERFACE_VERSION = 3
    timeframe = "1h"
    startup_candle_count = 60

    minimal_roi = {"0": 0.006, "720": 0.004, "2880": 0.002}
    stoploss = -0.004
    trailing_stop = True
    trailing_stop_positive = 0.0015
    trailing_stop_positive_offset = 0.003
    trailing_only_offset_is_reached = True

    buy_rsi = IntParameter(25, 50, default=42, space="buy")
    buy_band = DecimalParameter(0.998, 1.002, default=1.0, decimals=4, space="buy")
    sell_rsi = IntParameter(55, 80, default=68, space="sell")

    plot_config = {
        "main_plot": {"ema_fast": {}, "ema_slow": {}, "bb_lower": {}, "bb_upper": {}},
        "subplots": {"RSI": {"rsi": {}}, "ADX": {"adx": {}}},
    }

    def populate_indicators(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        dataframe["ema_fast"] = ta.EMA(dataframe, timeperiod=20)
        dataframe["ema_slow"] = ta.EMA(dataframe, timeperiod=50)
        dataframe["rsi"] = ta.RSI(dataframe, timeperiod=14)
        dataframe["adx"] = ta.ADX(dataframe, timeperiod=14)
        bands = qtpylib.bollinger_bands(dataframe["close"], window=20, stds=2)
        dataframe["bb_lower"] = bands["lower"]
        dataframe["bb_upper"] = bands["upper"]
        return dataframe

    def populate_entry_trend(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        dataframe.loc[
            (dataframe["rsi"] < self.buy_rsi.value)
            & (dataframe["close"] < dataframe["bb_lower"] * self.buy_band.value * 1.0015)
            & (dataframe["adx"] > 12)
            & (dataframe["volume"] > 0),
            "enter_long",
        ] = 1
        return dataframe

    def populate_exit_trend(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        dataframe.loc[
            qtpylib.crossed_above(dataframe["rsi"], self.sell_rsi.value)
            | (dataframe["close"] > dataframe["bb_upper"]),
            "exit_long",
        ] = 1
        return dataframe
