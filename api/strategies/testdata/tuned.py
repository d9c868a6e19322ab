import talib.abstract as ta
from freqtrade.strategy import BooleanParameter, DecimalParameter, IntParameter, IStrategy


class Tuned(IStrategy):
    """Parameters as slots, from a dictionary, from a file, and one that shapes the program."""

    timeframe = "5m"
    minimal_roi = {"0": 0.01}
    stoploss = -0.2
    buy_params = {"buy_rsi": 41, "buy_band": 0.9987}

    buy_rsi = IntParameter(20, 60, default=35)
    buy_band = DecimalParameter(0.99, 1.01, default=1.0, decimals=3)
    buy_period = IntParameter([3, 20], default=7, load=False)
    sell_rsi = IntParameter(50, 90, default=60, space="sell")
    sell_strict = BooleanParameter(default=True)

    def populate_indicators(self, dataframe, metadata):
        dataframe["rsi"] = ta.RSI(dataframe, timeperiod=self.buy_period.value)
        dataframe["sma"] = ta.SMA(dataframe, timeperiod=10)
        return dataframe

    def populate_entry_trend(self, dataframe, metadata):
        dataframe.loc[
            (dataframe["rsi"] < self.buy_rsi.value)
            & (dataframe["close"] < dataframe["sma"] * self.buy_band.value),
            "enter_long",
        ] = 1
        return dataframe

    def populate_exit_trend(self, dataframe, metadata):
        mask = dataframe["rsi"] > self.sell_rsi.value
        if self.sell_strict.value:
            mask &= dataframe["close"] > dataframe["sma"]
        dataframe.loc[mask, "exit_long"] = 1
        return dataframe
