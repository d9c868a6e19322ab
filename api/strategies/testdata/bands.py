import talib.abstract as ta
from freqtrade.strategy import IStrategy
from technical import qtpylib


class Bands(IStrategy):
    """Result frames, positional parameters, typical prices, constants on the left."""

    timeframe = "5m"
    minimal_roi = {"0": 0.01}
    stoploss = -0.04

    def populate_indicators(self, dataframe, metadata):
        bands = qtpylib.bollinger_bands(qtpylib.typical_price(dataframe), window=12, stds=2)
        dataframe["lower"], dataframe["mid"] = bands["lower"], bands["mid"]
        dataframe["upper"] = bands["upper"]
        narrow = qtpylib.bollinger_bands(dataframe["close"], 7, 1.5)
        dataframe["width"] = (narrow["upper"] - narrow["lower"]) / narrow["mid"]
        macd = ta.MACD(dataframe)
        dataframe["macd"] = macd["macd"]
        dataframe["macdsignal"] = macd["macdsignal"]
        dataframe["macdhist"] = macd["macdhist"]
        dataframe["cci"] = ta.CCI(dataframe)
        dataframe["mfi"] = ta.MFI(dataframe, timeperiod=8)
        fast = ta.STOCHF(dataframe, 5, 3, 0, 3, 0)
        dataframe["fastk"] = fast["fastk"]
        dataframe["fastd"] = fast["fastd"]
        stochastic = ta.STOCH(dataframe)
        dataframe["slowk"] = stochastic["slowk"]
        dataframe["sar"] = ta.SAR(dataframe)
        dataframe["atr"] = ta.ATR(dataframe, timeperiod=7)
        talib_bands = ta.BBANDS(dataframe, timeperiod=9, nbdevup=2.0, nbdevdn=1.5)
        dataframe["position"] = (dataframe["close"] - talib_bands["lowerband"]) / (
            talib_bands["upperband"] - talib_bands["lowerband"]
        )
        return dataframe

    def populate_entry_trend(self, dataframe, metadata):
        dataframe.loc[
            (
                ((dataframe["close"] <= 1.001 * dataframe["lower"]) | (dataframe["mfi"] < 20))
                & (dataframe["fastk"] < 30)
                & ~(dataframe["cci"] > 150)
            ),
            "enter_long",
        ] = 1
        return dataframe

    def populate_exit_trend(self, dataframe, metadata):
        dataframe.loc[
            (dataframe["macd"] >= dataframe["macdsignal"])
            & (dataframe["sar"] < dataframe["close"])
            & (80 <= dataframe["slowk"]),
            "exit_long",
        ] = 1
        return dataframe
