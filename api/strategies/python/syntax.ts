/** The compiler's own syntax tree: only what it gives a meaning to, with offsets. */
import type { Range } from "./refusal.ts";

export type UnaryOperator = "-" | "+" | "~" | "not";
export type BinaryOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "//"
  | "%"
  | "**"
  | "@"
  | "&"
  | "|"
  | "^"
  | "<<"
  | ">>";
export type CompareOperator =
  | "<"
  | "<="
  | ">"
  | ">="
  | "=="
  | "!="
  | "in"
  | "not in"
  | "is"
  | "is not";

interface Node {
  readonly at: Range;
}

export interface Name extends Node {
  readonly kind: "name";
  readonly name: string;
}
export interface Constant extends Node {
  readonly kind: "constant";
  readonly value: boolean | string | null;
}
export interface NumberLiteral extends Node {
  readonly kind: "number";
  readonly value: number;
  readonly isInt: boolean;
}
export interface FormattedPart {
  readonly value: Expr;
  readonly conversion: string;
  readonly spec: readonly (string | FormattedPart)[];
}
export interface FormattedString extends Node {
  readonly kind: "fstring";
  readonly parts: readonly (string | FormattedPart)[];
}
export interface Unary extends Node {
  readonly kind: "unary";
  readonly operator: UnaryOperator;
  readonly operand: Expr;
}
export interface Binary extends Node {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expr;
  readonly right: Expr;
}
export interface BoolOp extends Node {
  readonly kind: "boolop";
  readonly operator: "and" | "or";
  readonly values: readonly Expr[];
}
export interface Compare extends Node {
  readonly kind: "compare";
  readonly left: Expr;
  readonly rest: readonly { readonly operator: CompareOperator; readonly right: Expr }[];
}
export interface Conditional extends Node {
  readonly kind: "conditional";
  readonly test: Expr;
  readonly then: Expr;
  readonly otherwise: Expr;
}
export interface Lambda extends Node {
  readonly kind: "lambda";
  readonly parameters: readonly Parameter[];
  readonly body: Expr;
}
export interface Argument {
  /** Null: positional. */
  readonly keyword: string | null;
  readonly star: "" | "*" | "**";
  readonly value: Expr;
}
export interface Call extends Node {
  readonly kind: "call";
  readonly callee: Expr;
  readonly args: readonly Argument[];
}
export interface Attribute extends Node {
  readonly kind: "attribute";
  readonly object: Expr;
  readonly name: string;
}
export interface Subscript extends Node {
  readonly kind: "subscript";
  readonly object: Expr;
  readonly index: Expr;
}
export interface Slice extends Node {
  readonly kind: "slice";
  readonly start: Expr | null;
  readonly stop: Expr | null;
  readonly step: Expr | null;
}
export interface Sequence extends Node {
  readonly kind: "tuple" | "list" | "set";
  readonly items: readonly Expr[];
}
export interface DictLiteral extends Node {
  readonly kind: "dict";
  /** A null key: `**value`. */
  readonly entries: readonly { readonly key: Expr | null; readonly value: Expr }[];
}
export interface ComprehensionClause {
  readonly target: Expr;
  readonly iterable: Expr;
  readonly conditions: readonly Expr[];
}
export interface Comprehension extends Node {
  readonly kind: "comprehension";
  readonly form: "list" | "set" | "dict" | "generator";
  readonly key: Expr | null;
  readonly element: Expr;
  readonly clauses: readonly ComprehensionClause[];
}
export interface Starred extends Node {
  readonly kind: "starred";
  readonly value: Expr;
}
export interface Named extends Node {
  readonly kind: "named";
  readonly name: string;
  readonly value: Expr;
}
/** Parsed, but without a meaning here: `yield`, `await`, byte strings, complex numbers. */
export interface UnsupportedExpr extends Node {
  readonly kind: "unsupported";
  readonly construct: string;
}

export type Expr =
  | Name
  | Constant
  | NumberLiteral
  | FormattedString
  | Unary
  | Binary
  | BoolOp
  | Compare
  | Conditional
  | Lambda
  | Call
  | Attribute
  | Subscript
  | Slice
  | Sequence
  | DictLiteral
  | Comprehension
  | Starred
  | Named
  | UnsupportedExpr;

export interface Parameter {
  readonly name: string;
  readonly star: "" | "*" | "**";
  readonly keywordOnly: boolean;
  readonly default: Expr | null;
}

export interface Assign extends Node {
  readonly kind: "assign";
  readonly targets: readonly Expr[];
  readonly value: Expr;
}
export interface Annotated extends Node {
  readonly kind: "annotated";
  readonly target: Expr;
  readonly value: Expr | null;
}
export interface Augmented extends Node {
  readonly kind: "augmented";
  readonly target: Expr;
  readonly operator: BinaryOperator;
  readonly value: Expr;
}
export interface ExpressionStatement extends Node {
  readonly kind: "expression";
  readonly value: Expr;
}
export interface Return extends Node {
  readonly kind: "return";
  readonly value: Expr | null;
}
export interface If extends Node {
  readonly kind: "if";
  readonly branches: readonly { readonly test: Expr; readonly body: readonly Stmt[] }[];
  readonly otherwise: readonly Stmt[];
}
export interface For extends Node {
  readonly kind: "for";
  readonly target: Expr;
  readonly iterable: Expr;
  readonly body: readonly Stmt[];
  readonly otherwise: readonly Stmt[];
}
export interface While extends Node {
  readonly kind: "while";
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly otherwise: readonly Stmt[];
}
export interface Jump extends Node {
  readonly kind: "pass" | "break" | "continue";
}
export interface Assert extends Node {
  readonly kind: "assert";
  readonly test: Expr;
}
export interface Import extends Node {
  readonly kind: "import";
  readonly names: readonly { readonly path: string; readonly as: string | null }[];
}
export interface ImportFrom extends Node {
  readonly kind: "import_from";
  /** Leading dots kept: `.`, `.helpers`. */
  readonly module: string;
  /** `*` is a name of its own. */
  readonly names: readonly { readonly name: string; readonly as: string | null }[];
}
export interface FunctionDef extends Node {
  readonly kind: "function";
  readonly name: string;
  readonly nameAt: Range;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Stmt[];
  readonly decorators: readonly Expr[];
  readonly isAsync: boolean;
}
export interface ClassDef extends Node {
  readonly kind: "class";
  readonly name: string;
  readonly nameAt: Range;
  readonly bases: readonly Argument[];
  readonly body: readonly Stmt[];
  readonly decorators: readonly Expr[];
}
export interface Try extends Node {
  readonly kind: "try";
  readonly body: readonly Stmt[];
}
export interface UnsupportedStmt extends Node {
  readonly kind: "unsupported";
  readonly construct: string;
}

export type Stmt =
  | Assign
  | Annotated
  | Augmented
  | ExpressionStatement
  | Return
  | If
  | For
  | While
  | Jump
  | Assert
  | Import
  | ImportFrom
  | FunctionDef
  | ClassDef
  | Try
  | UnsupportedStmt;

export interface Module {
  readonly body: readonly Stmt[];
}
