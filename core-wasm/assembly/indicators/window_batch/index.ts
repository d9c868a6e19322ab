/** Rolling windows over many jobs at once. */
export { windowRollingMaxBatch, windowRollingMinBatch } from "./rolling_extreme";
export { windowRollingMeanBatch, windowRollingSumBatch } from "./rolling_sum";
export { windowRollingStdBatch } from "./rolling_std";
