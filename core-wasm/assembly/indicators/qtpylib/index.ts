/** The functions of technical.qtpylib. */
export * from "./bollinger_bands";
export * from "./crossed";
export * from "./heikinashi";
export * from "./price";
