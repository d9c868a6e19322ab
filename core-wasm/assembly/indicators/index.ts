export { sma } from "./sma";
