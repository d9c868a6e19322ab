import { AppError } from "../../platform/errors.ts";

/** Strings, comments and commas before a closing bracket, whichever comes first. */
const TOKENS =
  /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|,(?=(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*[}\]])/g;

/** Parses JSON that may hold comments and trailing commas, as freqtrade's files may. */
export function parseRelaxedJson(text: string, name: string): unknown {
  const strict = text.replace(/^\uFEFF/, "").replace(
    TOKENS,
    (token) => token.startsWith('"') ? token : " ",
  );
  try {
    return JSON.parse(strict);
  } catch (err) {
    const reason = err instanceof Error ? err.message : String(err);
    throw new AppError("VALIDATION_ERROR", `Cannot read "${name}": ${reason}`, { cause: err });
  }
}
