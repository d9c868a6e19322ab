import talib.abstract as ta
import freqtrade.vendor.qtpylib.indicators as qtpylib
from freqtrade.strategy import IStrategy
from pandas import DataFrame


class AverageCross(IStrategy):
    """Averages, price arguments, smoothed candles, crossings, several columns in one assignment."""

    INTERFACE_VERSION = 3
    timeframe = "5m"
    minimal_roi = {"30": 0.01, "0": 0.02}
    stoploss = -0.05
    startup_candle_count: int = 30

    def populate_indicators(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        dataframe["half"] = (dataframe["high"] + dataframe["low"]) / 2
        dataframe["fast"] = ta.EMA(dataframe, timeperiod=4)
        dataframe["slow"] = ta.SMA(dataframe, 9, price="half")
        dataframe["rsi"] = ta.RSI(dataframe, timeperiod=6, price="half")
        dataframe["adx"] = ta.ADX(dataframe)
        dataframe["plus"], dataframe["minus"] = ta.PLUS_DI(dataframe), ta.MINUS_DI(dataframe)
        smooth = qtpylib.heikinashi(dataframe)
        dataframe["ha_open"] = smooth["open"]
        dataframe["ha_close"] = smooth["close"]
        dataframe["momentum"] = ta.MOM(dataframe["close"], timeperiod=5)
        return dataframe

    def populate_entry_trend(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        dataframe.loc[
            qtpylib.crossed_above(dataframe["fast"], dataframe["slow"])
            & (dataframe.ha_close > dataframe.ha_open)
            & (dataframe["volume"] > 0),
            ["enter_long", "enter_tag"],
        ] = (1, "cross")
        dataframe.loc[
            (qtpylib.crossed_above(dataframe["rsi"], 30)) & (dataframe["momentum"] < 0),
            ("enter_long", "enter_tag"),
        ] = (1, "oversold")
        return dataframe

    def populate_exit_trend(self, dataframe: DataFrame, metadata: dict) -> DataFrame:
        dataframe.loc[
            qtpylib.crossed_below(dataframe["fast"], dataframe["slow"])
            | (qtpylib.crossed_below(dataframe["rsi"], 70.0) & (15 < dataframe["adx"])),
            "exit_long",
        ] = 1
        return dataframe
