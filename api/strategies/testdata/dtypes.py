import numpy as np
from freqtrade.strategy import IStrategy


class Dtypes(IStrategy):
    """Column arithmetic over floats, whole numbers, truth values and text."""

    timeframe = "5m"
    minimal_roi = {"0": 0.01}
    stoploss = -0.2

    def populate_indicators(self, dataframe, metadata):
        close, opened = dataframe["close"], dataframe["open"]
        dataframe["up"] = close > opened
        dataframe["up_int"] = dataframe["up"].astype(int)
        dataframe["streak"] = dataframe["up_int"].rolling(4).sum()
        dataframe["double"] = dataframe["up_int"] * 2 + 1
        dataframe["third"] = dataframe["double"] / 3
        dataframe["rest"] = (dataframe["double"] * 7) % 4
        dataframe["whole"] = (dataframe["double"] * 7) // 4
        dataframe["negative"] = -dataframe["double"]
        dataframe["inverse"] = 1 / (close - opened)
        dataframe["reverse"] = 100 - close
        dataframe["squared"] = (close - opened) ** 2
        dataframe["size"] = (close - opened).abs()
        dataframe["previous"] = close.shift(1)
        dataframe["filled"] = close.shift(3).fillna(0)
        dataframe["was_up"] = dataframe["up"].shift(1, fill_value=False)
        dataframe["change"] = close.pct_change()
        dataframe["step"] = close.diff(2)
        dataframe["mean"] = close.rolling(window=5, min_periods=2).mean()
        dataframe["deviation"] = close.rolling(6).std()
        dataframe["floor"] = close.rolling(5).min()
        dataframe["clipped"] = dataframe["change"].clip(-0.001, 0.001)
        dataframe["kind"] = np.where(dataframe["up"], 1, -1)
        dataframe["mixed"] = np.where(dataframe["up"], close, 0)
        dataframe["label"] = np.where(dataframe["up"], "up", "down")
        dataframe["constant"] = 7
        dataframe["inside"] = close.between(dataframe["floor"], dataframe["mean"])
        dataframe["either"] = np.logical_or(dataframe["up"], dataframe["was_up"])
        dataframe["counted"] = 0
        dataframe.loc[dataframe["streak"] >= 2, "counted"] = 2
        dataframe.loc[dataframe["size"] > 0.2, "part"] = dataframe["size"] * 2
        dataframe.loc[dataframe["up"], "constant"] = 9.0
        return dataframe

    def populate_entry_trend(self, dataframe, metadata):
        dataframe["enter_long"] = (
            (dataframe["label"] == "up") & dataframe["was_up"] & (dataframe["kind"].eq(1))
        ).astype("int")
        return dataframe

    def populate_exit_trend(self, dataframe, metadata):
        dataframe["exit_long"] = dataframe["up"] ^ dataframe["inside"]
        dataframe.loc[dataframe["exit_long"], "exit_tag"] = "left"
        return dataframe
