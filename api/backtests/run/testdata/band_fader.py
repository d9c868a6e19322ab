"""Fades a close beyond the Bollinger bands; everything it decides stands in its attributes."""

import talib.abstract as ta
from pandas import DataFrame

from freqtrade.strategy import IStrategy


class BandFader(IStrategy):
    timeframe = "1h"
    minimal_roi = {"0": 0.02, "120": 0.005}
    stoploss = -0.03
    use_exit_signal = True
    exit_profit_only = True
    ignore_roi_if_entry_signal = True
    order_types = {
        "entry": "market",
        "exit": "limit",
        "stoploss": "market",
        "stoploss_on_exchange": False,
    }

    def populate_indicators(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        bands = ta.BBANDS(dataframe, timeperiod=20, nbdevup=2.0, nbdevdn=2.0)
        dataframe["lower"] = bands["lowerband"]
        dataframe["upper"] = bands["upperband"]
        return dataframe

    def populate_entry_trend(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        dataframe.loc[dataframe["close"] < dataframe["lower"], "enter_long"] = 1
        return dataframe

    def populate_exit_trend(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        dataframe.loc[dataframe["close"] > dataframe["upper"], "exit_long"] = 1
        return dataframe
