/** Plays a golden's callbacks: every question must be the one freqtrade asked at that point. */
import type { AskedLine, EngineCase } from "./engine_cases.ts";
import { ENGINE_STRINGS } from "./engine_strings.ts";
import type { EngineRun } from "./engine_types.ts";
import type { Ask, CoreMemory } from "./memory.ts";

const SLOTS = 32;
const FIRST_ARGUMENT = 4;
const FIRST_ANSWER = 24;
const WRONG_QUESTION = -7;

/** Slots from 4 on that hold a string's code, by kind. */
const TAG_SLOTS: Readonly<Record<number, number>> = { 2: 1, 3: 3, 4: 5, 5: 3, 9: 1, 10: 2, 11: 3 };
const ADJUST_TAG_SLOT = 3;

export interface Transcript {
  readonly ask: Ask;
  /** The first question that differs, or null. */
  difference(): string | null;
}

export function playTranscript(
  core: Pick<CoreMemory, "buffer">,
  run: EngineRun,
  golden: EngineCase,
): Transcript {
  const lines = golden.expected.asked;
  const strings = run.strings as string[];
  let next = 0;
  let wrong: string | null = null;
  const ask: Ask = (kind, _trade, args) => {
    const slots = new Float64Array(core.buffer, args, SLOTS);
    const line = lines[next++];
    const ours = describe(kind, slots, run);
    const theirs = line === undefined ? "nothing" : describeLine(line);
    if (ours !== theirs) {
      wrong ??= `question ${next - 1}: ${ours}, freqtrade asks ${theirs}`;
      return WRONG_QUESTION;
    }
    line?.[5].forEach((value, at) => {
      slots[FIRST_ANSWER + at] = typeof value === "number" ? value : codeOf(value, strings);
    });
    return line?.[4] ?? WRONG_QUESTION;
  };
  const difference = () =>
    wrong ?? (next === lines.length ? null : `${next} questions, freqtrade asks ${lines.length}`);
  return { ask, difference };
}

function describe(kind: number, slots: Float64Array, run: EngineRun): string {
  const tagAt = kind >= 13 && kind <= 15 ? ADJUST_TAG_SLOT : TAG_SLOTS[kind];
  const count = ARGUMENT_COUNTS[kind] ?? 0;
  const args = Array.from(slots.subarray(FIRST_ARGUMENT, FIRST_ARGUMENT + count), (value, at) => {
    if (at === 0 && ORDER_FIRST.has(kind)) return null;
    return at === tagAt ? textOfCode(value, run.strings) : finite(value);
  });
  const pair = run.pairs[slots[1] ?? -1]?.market.pair ?? null;
  return JSON.stringify([kind, slots[0], pair, args]);
}

/** How many arguments a kind has from slot 4 on (docs/internals/callbacks.md). */
const ARGUMENT_COUNTS: Readonly<Record<number, number>> = {
  1: 0,
  2: 2,
  3: 4,
  4: 6,
  5: 4,
  6: 1,
  7: 3,
  8: 2,
  9: 2,
  10: 3,
  11: 4,
  12: 8,
  13: 5,
  14: 5,
  15: 5,
  16: 1,
  17: 1,
};
const ORDER_FIRST = new Set([6, 13, 14, 15, 16, 17]);

function describeLine([kind, time, pair, args]: AskedLine): string {
  return JSON.stringify([kind, time, pair, args]);
}

function finite(value: number): number | string {
  return Number.isFinite(value) ? value : String(value).replace("Infinity", "inf");
}

function textOfCode(code: number, strings: readonly string[]): string | null {
  return code === -1 ? null : code < 0 ? ENGINE_STRINGS[code] ?? null : strings[code] ?? null;
}

function codeOf(text: string | null, strings: string[]): number {
  if (text === null) return -1;
  const found = strings.indexOf(text);
  return found >= 0 ? found : strings.push(text) - 1;
}
