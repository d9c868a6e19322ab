import assert from "node:assert/strict";
import { Budget, LIMITS } from "./budget.ts";
import { parseModule } from "./parse.ts";
import { indexLines, RefusalError } from "./refusal.ts";
import type { Expr, Stmt } from "./syntax.ts";

function parse(text: string, limits = LIMITS) {
  return parseModule(text, new Budget(limits)).body;
}

function expression(text: string): Expr {
  const [statement] = parse(`x = ${text}\n`);
  assert.ok(statement?.kind === "assign");
  return statement.value;
}

function only(text: string): Stmt {
  const [statement, more] = parse(text);
  assert.ok(statement !== undefined && more === undefined);
  return statement;
}

function refusalOf(work: () => unknown): RefusalError {
  try {
    work();
  } catch (err) {
    assert.ok(err instanceof RefusalError, String(err));
    return err;
  }
  assert.fail("nothing was refused");
}

/** The expression fully parenthesised, as Python groups it. */
function grouped(expr: Expr): string {
  switch (expr.kind) {
    case "name":
      return expr.name;
    case "number":
      return `${expr.value}${expr.isInt || !Number.isInteger(expr.value) ? "" : ".0"}`;
    case "constant":
      return JSON.stringify(expr.value);
    case "unary":
      return `(${expr.operator} ${grouped(expr.operand)})`;
    case "binary":
      return `(${grouped(expr.left)} ${expr.operator} ${grouped(expr.right)})`;
    case "boolop":
      return `(${expr.values.map(grouped).join(` ${expr.operator} `)})`;
    case "compare":
      return `(${grouped(expr.left)}${
        expr.rest.map((link) => ` ${link.operator} ${grouped(link.right)}`).join("")
      })`;
    case "conditional":
      return `(${grouped(expr.then)} if ${grouped(expr.test)} else ${grouped(expr.otherwise)})`;
    case "tuple":
      return `(${expr.items.map(grouped).join(", ")},)`;
    default:
      return expr.kind;
  }
}

Deno.test("parseModule() groups operators as Python does", () => {
  const cases: [string, string][] = [
    ["not a == b & c | d", "(not (a == ((b & c) | d)))"],
    ["-a ** -b", "(- (a ** (- b)))"],
    ["a < b < c", "(a < b < c)"],
    ["(a < b) < c", "((a < b) < c)"],
    ["a and b or c and d", "((a and b) or (c and d))"],
    ["not a and b", "((not a) and b)"],
    ["not a or b and not c or d", "((not a) or (b and (not c)) or d)"],
    ["a and not b or c", "((a and (not b)) or c)"],
    ["not (a and b) or c", "((not (a and b)) or c)"],
    ["not not a == b and c", "((not (not (a == b))) and c)"],
    ["(a or b) and (c or d)", "((a or b) and (c or d))"],
    ["not a if not b or c else d and e", "((not a) if ((not b) or c) else (d and e))"],
    ["a if b else c if d else e", "(a if b else (c if d else e))"],
    ["a - b - c * d // e", "((a - b) - ((c * d) // e))"],
    ["a is not b and c not in d", "((a is not b) and (c not in d))"],
    ["1, (2), (3,)", "(1, 2, (3,),)"],
  ];
  for (const [text, expected] of cases) assert.equal(grouped(expression(text)), expected, text);
});

Deno.test("parseModule() takes floats that end in a dot, but not inside strings or comments", () => {
  assert.equal(grouped(expression("3. + 1.e2 + a.b  # 4.")), "((3.0 + 100.0) + attribute)");
  assert.equal(grouped(expression("'3. '")), '"3. "');
  assert.equal(grouped(expression('"""1.\n2."""')), JSON.stringify("1.\n2."));
});

Deno.test("parseModule() takes a condition of a thousand operands", () => {
  const operands = Array.from({ length: 1000 }, (_, i) => `(frame['a'] > ${i})`);
  let expr = expression(`(${operands.join(" &\n ")})`);
  let depth = 1;
  for (; expr.kind === "binary"; depth++) expr = expr.left;
  assert.equal(depth, 1000);
});

Deno.test("parseModule() resolves escapes, prefixes and neighbouring strings", () => {
  assert.equal(grouped(expression(String.raw`'a\n' r'\d' "\x41é\q"`)), String.raw`"a\n\\dAé\\q"`);
  const text = expression("f'{a:>{w}}{{}}' 'b'");
  assert.ok(text.kind === "fstring");
  assert.deepEqual(text.parts.filter((part) => typeof part === "string"), ["{}", "b"]);
});

Deno.test("parseModule() reads parameters, decorators and arguments with their stars", () => {
  const statement = only("@a.b(1)\ndef f(x, y=1, *z, k: int = 2, **q) -> int:\n    return x\n");
  assert.ok(statement.kind === "function");
  assert.deepEqual(
    statement.parameters.map(({ name, star, keywordOnly }) => [name, star, keywordOnly]),
    [["x", "", false], ["y", "", false], ["z", "*", false], ["k", "", true], ["q", "**", true]],
  );
  assert.equal(statement.decorators.length, 1);
});

Deno.test("parseModule() tells a named expression from a keyword argument", () => {
  const call = expression("f(x := 1, y=2)");
  assert.ok(call.kind === "call");
  assert.deepEqual(call.args.map(({ keyword, value }) => [keyword, value.kind]), [
    [null, "named"],
    ["y", "number"],
  ]);
});

Deno.test("parseModule() leaves to the evaluation what only some texts use", () => {
  for (const text of ["f'{a=}'", "'\\N{BULLET}'", "f'\\N{BULLET} {a}'", "99999999999999999999"]) {
    assert.match(JSON.stringify(expression(text)), /"unsupported"/, text);
  }
  assert.equal(grouped(expression(String.raw`'\\N{x}'`)), String.raw`"\\N{x}"`);
});

Deno.test("parseModule() names the place of what it cannot read", () => {
  const cases: [string, number, number][] = [
    ["x = (1,\n", 2, 1],
    ["def f(:\n    pass\n", 1, 7],
    ["x = 1\ny = = 2\n", 2, 5],
    ["with (open(a) as b, open(c) as d):\n    pass\n", 1, 15],
  ];
  for (const [text, line, column] of cases) {
    const err = refusalOf(() => parse(text));
    const span = indexLines(text).span(err.at);
    assert.deepEqual([err.code, span.line, span.column], ["syntax_error", line, column], text);
  }
});

Deno.test("parseModule() refuses a source over its budget instead of working on", () => {
  const small = { ...LIMITS, sourceBytes: 10 };
  assert.equal(refusalOf(() => parse("x = 123456789\n", small)).code, "source_too_large");
  const few = { ...LIMITS, treeNodes: 10 };
  assert.equal(refusalOf(() => parse("x = [1, 2, 3, 4, 5]\n", few)).code, "budget_exceeded");
});

Deno.test("parseModule() refuses a chain longer than the parser's tree holds", () => {
  for (const count of [2500, 6000]) {
    const text = `x = ${Array.from({ length: count }, () => "(a > 1)").join(" & ")}\n`;
    assert.equal(refusalOf(() => parse(text)).code, "nested_too_deeply");
  }
});

Deno.test("parseModule() refuses what is nested without end", () => {
  for (const text of [`x = ${"(".repeat(20_000)}1${")".repeat(20_000)}\n`, "[".repeat(50_000)]) {
    assert.match(refusalOf(() => parse(text)).code, /syntax_error|nested_too_deeply/);
  }
});
