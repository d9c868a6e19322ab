import talib.abstract as ta
from freqtrade.strategy.interface import IStrategy


class OldNames(IStrategy):
    """The interface of version 2: buy and sell columns, old setting names, an empty mask."""

    INTERFACE_VERSION = 2
    timeframe = "5m"
    minimal_roi = {"0": 0.02}
    stoploss = -0.1
    use_sell_signal = True
    sell_profit_only = False
    order_types = {
        "buy": "limit",
        "sell": "limit",
        "stoploss": "market",
        "stoploss_on_exchange": False,
    }

    def populate_indicators(self, dataframe, metadata):
        dataframe["tema"] = ta.TEMA(dataframe, timeperiod=5)
        dataframe["buy"] = 0
        return dataframe

    def populate_buy_trend(self, dataframe, metadata):
        dataframe.loc[(dataframe["close"] > dataframe["tema"]), "buy"] = 1
        return dataframe

    def populate_sell_trend(self, dataframe, metadata):
        dataframe.loc[(), "sell"] = 1
        return dataframe
