/** Functions of the libraries technical, pandas_ta, finta and ta. */
export { qtpylibChopiness, technicalChopiness } from "./chopiness";
export { technicalFibonacciRetracements } from "./fibonacci_retracements";
export { technicalFintaAdx, technicalFintaDmi } from "./finta_direction";
export { technicalFintaSqzmi } from "./finta_squeeze";
export { technicalFintaMfi, technicalFintaVfi } from "./finta_volume";
export { technicalIchimoku } from "./ichimoku";
export { technicalLaguerre } from "./laguerre";
export {
  technicalPandasTaEfi,
  technicalPandasTaHma,
  technicalPandasTaTsi,
  technicalPandasTaVwma,
  technicalPandasTaZlma,
} from "./pandas_ta_averages";
export { technicalPandasTaCti } from "./pandas_ta_cti";
export { technicalPandasTaSqueeze } from "./pandas_ta_squeeze";
export { technicalPandasTaSupertrend } from "./pandas_ta_supertrend";
export { technicalPmax } from "./pmax";
export { technicalRmi } from "./rmi";
export { technicalSslChannels } from "./ssl_channels";
export { technicalSupertrend } from "./supertrend";
export {
  technicalTaBollingerBands,
  technicalTaDonchianChannel,
  technicalTaIchimoku,
  technicalTaKeltnerChannel,
} from "./ta_bands";
export { technicalTaKst, technicalTaRsi, technicalTaStochrsi } from "./ta_momentum";
export { technicalVfi } from "./vfi";
export { technicalVidya } from "./vidya";
export { technicalCmf, technicalVwma } from "./volume_weighted";
export { technicalWilliamsPercent } from "./williams_percent";
export { technicalZema } from "./zema";
