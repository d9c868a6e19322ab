/** Why a strategy, or a part of one, is not taken: always with a place, a code and what to do. */
import type { Span } from "../../../core-wasm/program.ts";

export type RefusalCode =
  | "source_too_large"
  | "budget_exceeded"
  | "nested_too_deeply"
  | "syntax_error"
  | "no_strategy"
  | "unknown_name"
  | "unsupported_statement"
  | "unsupported_expression"
  | "unsupported_call"
  | "unsupported_attribute"
  | "unsupported_argument"
  | "unsupported_operand"
  | "unsupported_method"
  | "unsupported_decorator"
  | "unsupported_base"
  | "unsupported_callback"
  | "state_in_populate"
  | "condition_on_column"
  | "invalid_value"
  | "invalid_attribute"
  | "invalid_parameter"
  | "invalid_parameter_file"
  | "missing_column"
  | "missing_method"
  | "raises";

/** Offsets into the source text, end exclusive. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  readonly hint: string;
  readonly span: Span;
}

/** Thrown while compiling; carries offsets, which the door turns into line and column. */
export class RefusalError extends Error {
  override readonly name = "RefusalError";
  readonly code: RefusalCode;
  readonly at: Range;
  readonly hint: string;

  constructor(code: RefusalCode, at: Range, message: string, hint: string = "") {
    super(message);
    this.code = code;
    this.at = at;
    this.hint = hint;
  }
}

export function refuse(code: RefusalCode, at: Range, message: string, hint = ""): never {
  throw new RefusalError(code, at, message, hint);
}

/** Turns offsets into lines and columns; columns count UTF-16 units, both are 1-based. */
export interface LineIndex {
  span(range: Range): Span;
}

export function indexLines(text: string): LineIndex {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const place = (offset: number) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
  return {
    span({ from, to }) {
      const start = place(from);
      const end = place(Math.max(from, to));
      return { ...start, endLine: end.line, endColumn: end.column };
    },
  };
}

export function refusalOf(err: RefusalError, lines: LineIndex): Refusal {
  return { code: err.code, message: err.message, hint: err.hint, span: lines.span(err.at) };
}
