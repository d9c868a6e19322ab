/** The part of the Hrana protocol that libSQL's HTTP client speaks, as JSON. */

export type Value =
  | { readonly type: "null" }
  | { readonly type: "integer"; readonly value: string }
  | { readonly type: "float"; readonly value: number }
  | { readonly type: "text"; readonly value: string }
  | { readonly type: "blob"; readonly base64: string };

export interface Statement {
  readonly sql?: string;
  readonly sql_id?: number;
  readonly args?: readonly Value[];
  readonly named_args?: readonly { readonly name: string; readonly value: Value }[];
}

export type Condition =
  | { readonly type: "ok" | "error"; readonly step: number }
  | { readonly type: "not"; readonly cond: Condition }
  | { readonly type: "and" | "or"; readonly conds: readonly Condition[] }
  | { readonly type: "is_autocommit" };

export interface Step {
  readonly condition?: Condition | null;
  readonly stmt: Statement;
}

export type StreamRequest =
  | { readonly type: "execute"; readonly stmt: Statement }
  | { readonly type: "batch"; readonly batch: { readonly steps: readonly Step[] } }
  | { readonly type: "sequence"; readonly sql?: string; readonly sql_id?: number }
  | { readonly type: "store_sql"; readonly sql_id: number; readonly sql: string }
  | { readonly type: "close_sql"; readonly sql_id: number }
  | { readonly type: "get_autocommit" }
  | { readonly type: "close" };

export interface PipelineBody {
  readonly baton?: string | null;
  readonly requests: readonly StreamRequest[];
}

export interface StatementResult {
  readonly cols: readonly { readonly name: string; readonly decltype: string | null }[];
  readonly rows: readonly (readonly Value[])[];
  readonly affected_row_count: number;
  readonly last_insert_rowid: string | null;
}

export interface HranaError {
  readonly message: string;
  readonly code: string;
}

export type StreamResult =
  | { readonly type: "ok"; readonly response: unknown }
  | { readonly type: "error"; readonly error: HranaError };

export type SqliteValue = null | bigint | number | string | Uint8Array;

export function toSqlite(value: Value): SqliteValue {
  switch (value.type) {
    case "null":
      return null;
    case "integer":
      return BigInt(value.value);
    case "float":
    case "text":
      return value.value;
    case "blob":
      return Uint8Array.from(atob(value.base64), (character) => character.charCodeAt(0));
  }
}

export function fromSqlite(value: SqliteValue): Value {
  if (value === null) return { type: "null" };
  if (typeof value === "bigint") return { type: "integer", value: value.toString() };
  if (typeof value === "number") return { type: "float", value };
  if (typeof value === "string") return { type: "text", value };
  let binary = "";
  for (const byte of value) binary += String.fromCharCode(byte);
  return { type: "blob", base64: btoa(binary) };
}
