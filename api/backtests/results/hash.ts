import type { EngineResult } from "../../../core-wasm/engine_types.ts";
import { sha256Hex } from "../../platform/encoding.ts";
import { packResult, type ResultInput } from "./result.ts";

/** The hash of a run's canonical bytes: what two runs share when nothing about them differs. */
export function resultHash(result: EngineResult, inputs: readonly ResultInput[]): string {
  return sha256Hex(packResult(result, inputs));
}

/** The digest by which a result names its candles: of each column's hash, in the order given. */
export function candlesDigest(columns: readonly Float64Array[]): string {
  return sha256Hex(columns.map((column) => sha256Hex(bytesOf(column))).join(""));
}

/** A column's own bytes, little-endian as the machine is. */
function bytesOf({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}
