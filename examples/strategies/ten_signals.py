"""A broad mix of indicators over 5m candles, for timing a whole backtest."""

import talib.abstract as ta
from freqtrade.strategy import IntParameter, IStrategy
from pandas import DataFrame
from technical import qtpylib


class TenSignals(IStrategy):
    INTERFACE_VERSION = 3
    timeframe = "5m"
    startup_candle_count = 60

    minimal_roi = {"0": 0.03, "90": 0.015, "360": 0.004}
    stoploss = -0.025

    buy_rsi = IntParameter(20, 45, default=34, space="buy")
    buy_cci = IntParameter(-200, -50, default=-90, space="buy")

    def populate_indicators(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        dataframe["rsi"] = ta.RSI(dataframe, timeperiod=14)
        dataframe["ema"] = ta.EMA(dataframe, timeperiod=21)
        dataframe["sma"] = ta.SMA(dataframe, timeperiod=60)
        dataframe["tema"] = ta.TEMA(dataframe, timeperiod=9)
        macd = ta.MACD(dataframe, fastperiod=12, slowperiod=26, signalperiod=9)
        dataframe["macd"] = macd["macd"]
        dataframe["macdsignal"] = macd["macdsignal"]
        bands = qtpylib.bollinger_bands(qtpylib.typical_price(dataframe), window=20, stds=2)
        dataframe["bb_lower"] = bands["lower"]
        dataframe["bb_middle"] = bands["mid"]
        dataframe["adx"] = ta.ADX(dataframe, timeperiod=14)
        dataframe["atr"] = ta.ATR(dataframe, timeperiod=14)
        fast = ta.STOCHF(dataframe, fastk_period=5, fastd_period=3)
        dataframe["fastk"] = fast["fastk"]
        dataframe["fastd"] = fast["fastd"]
        dataframe["cci"] = ta.CCI(dataframe, timeperiod=20)
        return dataframe

    def populate_entry_trend(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        dataframe.loc[
            (dataframe["rsi"] < self.buy_rsi.value)
            & (dataframe["cci"] < self.buy_cci.value)
            & (dataframe["adx"] > 14)
            & (dataframe["close"] < dataframe["bb_lower"])
            & (dataframe["volume"] > 0),
            "enter_long",
        ] = 1
        return dataframe

    def populate_exit_trend(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        dataframe.loc[
            qtpylib.crossed_above(dataframe["rsi"], 64) & (dataframe["fastk"] > 70), "exit_long"
        ] = 1
        return dataframe
