/** Dates: their parts, units and sessions. All in UTC. */
import type { KernelRow } from "../kernel.ts";
import { integer, kernelRow, of, real } from "./row.ts";

const GROUP = "Dates";
const DATE = of("time", "date");
const DAY_MINUTES = 1440;
const DAY_MS = 86_400_000;
const UNIT = real("unit", DAY_MS, 1);

export const TIME: readonly KernelRow[] = [
  part("year", "Year"),
  part("month", "Month, 1 to 12"),
  part("day", "Day of the month, 1 to 31"),
  part("dayofweek", "Day of the week, Monday is 0"),
  part("dayofyear", "Day of the year, 1 to 366"),
  part("week", "ISO week, 1 to 53"),
  part("quarter", "Quarter, 1 to 4"),
  part("hour", "Hour, 0 to 23"),
  part("minute", "Minute, 0 to 59"),
  part("second", "Second, 0 to 59"),
  kernelRow("time", "time_units", {
    group: GROUP,
    inputs: DATE,
    parameters: [UNIT],
    outputs: of("int", "out"),
    summary: "Whole units of so many milliseconds since 1970, to group by",
  }),
  kernelRow("time", "time_floor", {
    group: GROUP,
    inputs: DATE,
    parameters: [UNIT],
    outputs: of("time", "out"),
    summary: "The date rounded down to whole units of so many milliseconds",
  }),
  kernelRow("time", "time_next_month", {
    group: GROUP,
    inputs: DATE,
    outputs: of("time", "out"),
    summary: "Midnight of the first day of the next month",
  }),
  kernelRow("time", "time_session", {
    group: GROUP,
    inputs: DATE,
    parameters: [
      integer("start", 0, 0, DAY_MINUTES),
      integer("stop", DAY_MINUTES, 0, DAY_MINUTES),
    ],
    outputs: of("bool", "out"),
    summary: "The minute of the day lies from start on and before stop",
  }),
];

function part(name: string, summary: string): KernelRow {
  return kernelRow("time", `time_${name}`, {
    group: GROUP,
    inputs: DATE,
    outputs: of("i32", "out"),
    summary: `${summary}; -1 without a date`,
  });
}
