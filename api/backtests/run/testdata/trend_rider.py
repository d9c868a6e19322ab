"""Rides a crossing of two averages while momentum agrees."""

import talib.abstract as ta
from pandas import DataFrame

import freqtrade.vendor.qtpylib.indicators as qtpylib
from freqtrade.strategy import DecimalParameter, IntParameter, IStrategy


class TrendRider(IStrategy):
    INTERFACE_VERSION = 3

    timeframe = "1h"
    startup_candle_count = 30
    minimal_roi = {"0": 0.06, "240": 0.03, "600": 0.0}
    stoploss = -0.05
    trailing_stop = True
    trailing_stop_positive = 0.01
    trailing_stop_positive_offset = 0.02
    trailing_only_offset_is_reached = True
    exit_profit_only = False

    buy_rsi = IntParameter(20, 70, default=45, space="buy")
    sell_spread = DecimalParameter(0.0, 0.02, default=0.002, decimals=3, space="sell")

    plot_config = {
        "main_plot": {"ema_fast": {"color": "blue"}, "ema_slow": {}},
        "subplots": {"momentum": {"rsi": {"color": "red"}}},
    }

    def populate_indicators(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        dataframe["ema_fast"] = ta.EMA(dataframe, timeperiod=8)
        dataframe["ema_slow"] = ta.EMA(dataframe, timeperiod=21)
        dataframe["rsi"] = ta.RSI(dataframe, timeperiod=14)
        return dataframe

    def populate_entry_trend(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        dataframe.loc[
            (qtpylib.crossed_above(dataframe["ema_fast"], dataframe["ema_slow"]))
            & (dataframe["rsi"] > self.buy_rsi.value)
            & (dataframe["volume"] > 0),
            ["enter_long", "enter_tag"],
        ] = (1, "crossing")
        dataframe.loc[
            (dataframe["rsi"] < 25) & (dataframe["volume"] > 0),
            ["enter_long", "enter_tag"],
        ] = (1, "oversold")
        return dataframe

    def populate_exit_trend(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        dataframe.loc[
            dataframe["ema_slow"] > dataframe["ema_fast"] * (1 + self.sell_spread.value),
            "exit_long",
        ] = 1
        return dataframe
