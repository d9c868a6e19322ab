/** The functions of technical.qtpylib. */
export * from "./bollinger_bands";
export * from "./crossed";
export * from "./heikinashi";
export { qtpylibHullMovingAverage } from "./hull_moving_average";
export { qtpylibAwesomeOscillator, qtpylibMacd, qtpylibStoch } from "./oscillators";
export * from "./price";
export {
  qtpylibAtr,
  qtpylibKeltnerChannel,
  qtpylibRollingMean,
  qtpylibRollingStd,
  qtpylibTrueRange,
  qtpylibWeightedBollingerBands,
} from "./rolling";
export { qtpylibRollingVwap } from "./rolling_vwap";
