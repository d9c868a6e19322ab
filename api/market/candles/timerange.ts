/** Time ranges in freqtrade's forms. */

import { parseTimestamp } from "./timestamp.ts";

/** Both ends inclusive by candle open, epoch milliseconds; undefined is open-ended. */
export interface Timerange {
  readonly start?: number;
  readonly stop?: number;
}

const SIDE = /^(?:\d{8}(?:T\d{4}(?:\d{2})?)?|\d{10}|\d{13})$/;

/**
 * Reads `START-STOP`; either side may be empty, else `yyyymmdd`, `yyyymmddThhmm[ss]`, seconds (10
 * digits) or milliseconds (13 digits), UTC. Throws a RangeError that quotes the text.
 */
export function parseTimerange(text: string): Timerange {
  if (text === "") return {};
  const sides = text.split("-");
  if (sides.length !== 2 || !sides.some(Boolean)) {
    throw new RangeError(
      `Cannot read timerange "${text}": write START-STOP, for example 20240101-`,
    );
  }
  const [start, stop] = sides.map((side) => parseSide(side, text));
  if (start !== undefined && stop !== undefined && start > stop) {
    throw new RangeError(`Cannot use timerange "${text}": its start is after its stop`);
  }
  return { start, stop };
}

/** Writes a range so that `parseTimerange` reads it back. */
export function formatTimerange(range: Timerange): string {
  return `${formatSide(range.start)}-${formatSide(range.stop)}`;
}

function parseSide(side: string, text: string): number | undefined {
  if (side === "") return undefined;
  const time = SIDE.test(side) ? parseTimestamp(side) : NaN;
  if (Number.isNaN(time)) {
    throw new RangeError(
      `Cannot read timerange "${text}": "${side}" is no yyyymmdd, yyyymmddThhmm, seconds or milliseconds`,
    );
  }
  // freqtrade counts whole seconds.
  return Math.floor(time / 1_000) * 1_000;
}

function formatSide(time: number | undefined): string {
  if (time === undefined) return "";
  const compact = new Date(time).toISOString().replaceAll(/[-:]|\.\d+Z/g, "");
  if (compact.endsWith("T000000")) return compact.slice(0, 8);
  return compact.endsWith("00") ? compact.slice(0, -2) : compact;
}
