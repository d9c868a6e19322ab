/** pandas' rolling, expanding and exponentially weighted windows. */
export {
  windowEwmCorr,
  windowEwmCov,
  windowEwmMean,
  windowEwmStd,
  windowEwmSum,
  windowEwmVar,
} from "./ewm";
export * from "./expanding";
export * from "./rolling_at";
export { windowRollingMax, windowRollingMin } from "./rolling_extreme";
export { windowRollingKurt, windowRollingSkew } from "./rolling_moments";
export { windowRollingMedian, windowRollingQuantile, windowRollingRank } from "./rolling_order";
export { windowRollingCorr, windowRollingCov } from "./rolling_pair";
export { windowRollingCount, windowRollingMean, windowRollingSum } from "./rolling_sum";
export { windowRollingStd, windowRollingVar } from "./rolling_var";
