/** pandas' rolling windows. */
export * from "./rolling_extreme";
export * from "./rolling_sum";
export * from "./rolling_var";
