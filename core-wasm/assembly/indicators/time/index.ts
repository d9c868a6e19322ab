/** Dates, timeframes and rows of other series. */
export * from "./parts";
export * from "./rows";
