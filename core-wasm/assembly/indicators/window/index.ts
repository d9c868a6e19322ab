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
export * from "./rolling_extreme";
export { windowRollingKurt, windowRollingSkew } from "./rolling_moments";
export { windowRollingMedian, windowRollingQuantile, windowRollingRank } from "./rolling_order";
export { windowRollingCorr, windowRollingCov } from "./rolling_pair";
export * from "./rolling_sum";
export * from "./rolling_var";
