/** The engine's own strings by code; codes from 0 on point into `EngineRun.strings`. */
export const ENGINE_STRINGS: Readonly<Record<number, string>> = {
  [-2]: "",
  [-3]: "exit_signal",
  [-4]: "stop_loss",
  [-5]: "trailing_stop_loss",
  [-6]: "liquidation",
  [-7]: "roi",
  [-8]: "force_exit",
  [-9]: "custom_exit",
  [-10]: "partial_exit",
  [-11]: "closed_outside",
};

/** Text of a code; -1 is no string. */
export function textOf(code: number, strings: readonly string[]): string | null {
  if (code === -1) return null;
  const text = code >= 0 ? strings[code] : ENGINE_STRINGS[code];
  if (text === undefined) throw new RangeError(`The engine answered the unknown string ${code}`);
  return text;
}
