/** Elementwise operations on columns. */
export * from "./arithmetic";
export * from "./cast";
export * from "./compare";
export * from "./fill";
export * from "./integer";
export * from "./math";
export * from "./select";
export * from "./shift";
