/** Elementwise operations on columns. */
export * from "./arithmetic";
export * from "./cast";
export * from "./compare";
export * from "./cumulative";
export * from "./fill";
export * from "./group";
export * from "./integer";
export * from "./math";
export * from "./replace";
export * from "./select";
export * from "./shift";
export * from "./whole";
