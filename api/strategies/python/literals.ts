/** Python's number and string literals. */
import { type Range, refuse } from "./refusal.ts";

export interface ParsedNumber {
  readonly value: number;
  readonly isInt: boolean;
}

/** The name of the construct when the number has no meaning here. */
export function parseNumber(text: string): ParsedNumber | string {
  const plain = text.replaceAll("_", "").toLowerCase();
  if (plain.endsWith("j")) return "a complex number";
  if (/^0[xob]/.test(plain) || /^\d+$/.test(plain)) {
    const value = Number(plain);
    if (Number.isSafeInteger(value)) return { value, isInt: true };
    return "an integer of more than 53 bits";
  }
  return { value: Number(plain), isInt: false };
}

export interface StringShape {
  readonly raw: boolean;
  readonly bytes: boolean;
  /** Where the content begins and ends, relative to the literal. */
  readonly start: number;
  readonly end: number;
}

export function stringShape(literal: string): StringShape {
  const prefix = /^[a-zA-Z]*/.exec(literal)?.[0].toLowerCase() ?? "";
  const quote = literal.slice(prefix.length).match(/^("""|'''|"|')/)?.[0] ?? "";
  return {
    raw: prefix.includes("r"),
    bytes: prefix.includes("b"),
    start: prefix.length + quote.length,
    end: literal.length - quote.length,
  };
}

const SIMPLE: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** `\N{…}` names a character of a table that is not kept here. */
export function namesCharacter(content: string, raw: boolean): boolean {
  return !raw && /(^|[^\\])(\\\\)*\\N\{/.test(content);
}

/** Resolves escapes; an unknown one keeps its backslash, as in Python. */
export function unescapeString(content: string, raw: boolean, at: Range): string {
  const text = content.replaceAll("\r\n", "\n");
  if (raw || !text.includes("\\")) return text;
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|N\{[^}]*\}|([\s\S]))/g,
    (all, x?: string, u?: string, big?: string, octal?: string, simple?: string) => {
      const hex = x ?? u ?? big;
      if (hex !== undefined) return codePoint(parseInt(hex, 16), at);
      if (octal !== undefined) return codePoint(parseInt(octal, 8), at);
      return SIMPLE[simple ?? ""] ?? all;
    },
  );
}

function codePoint(code: number, at: Range): string {
  if (code > 0x10ffff) refuse("syntax_error", at, "Cannot parse: the character does not exist");
  return String.fromCodePoint(code);
}
