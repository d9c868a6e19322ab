/** TA-Lib's functions over many jobs at once. */
export { talibAtrBatch } from "./atr";
export { talibEmaBatch } from "./ema";
export { talibRsiBatch } from "./rsi";
export { talibSmaBatch } from "./sma";
