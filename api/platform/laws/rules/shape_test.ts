import assert from "node:assert/strict";
import { assertAllowed, assertRefused, lintMessages } from "../testing.ts";

const PATH = "api/orders/state.ts";

Deno.test("no-code-from-text refuses every road from text to code", () => {
  assertRefused("no-code-from-text", {
    path: PATH,
    sources: [
      `eval("1");`,
      `globalThis.eval(text);`,
      `const run = new Function("a", body);`,
      `const run = Function(body);`,
      `setTimeout("tick()", 1);`,
      `import { runInContext } from "node:vm";`,
      `const other = await import(name);`,
      `new Deno.Command("sh").output();`,
      `import { spawn } from "node:child_process";`,
      `const run = make.constructor("return 1");`,
    ],
  });
});

Deno.test("no-code-from-text lets the command line start programs, but not eval", () => {
  assertAllowed("no-code-from-text", {
    path: "api/cli/gate/stages.ts",
    sources: [`new Deno.Command(Deno.execPath()).spawn();`, `await import(name);`],
  });
  assertRefused("no-code-from-text", { path: "api/cli/demo.ts", sources: [`eval("1");`] });
});

Deno.test("no-default-export refuses every default export", () => {
  assertRefused("no-default-export", {
    path: PATH,
    sources: [`export default function run() {}`, `const a = 1; export default a;`],
  });
  assertAllowed("no-default-export", { path: PATH, sources: [`export function run() {}`] });
});

Deno.test("class-has-lifetime refuses classes without state and members private in name only", () => {
  assertRefused("class-has-lifetime", {
    path: PATH,
    sources: [
      `class OrderHelper { place() {} }`,
      `class Tools { static count = 1; static make() {} }`,
      `class Pool { private size = 1; }`,
      `class Pool { #size = 1; protected grow() {} }`,
      `class Pool { #size = 1; constructor(readonly name: string) {} }`,
    ],
  });
});

Deno.test("class-has-lifetime allows state behind # and errors", () => {
  assertAllowed("class-has-lifetime", {
    path: PATH,
    sources: [
      `class Pool { readonly #size: number; constructor(size: number) { this.#size = size; } }`,
      `class AppError extends Error {}`,
    ],
  });
});

Deno.test("no-module-state refuses variables and empty containers at the top of a module", () => {
  assertRefused("no-module-state", {
    path: PATH,
    sources: [
      `let count = 0;`,
      `export let current: string | null = null;`,
      `const seen = new Map<string, number>();`,
      `export const seen = new Set();`,
      `const queue: string[] = [];`,
      `const cache = new LRUCache({ max: 10 });`,
    ],
  });
});

Deno.test("no-module-state allows constants and state inside a function", () => {
  assertAllowed("no-module-state", {
    path: PATH,
    sources: [
      `const NAMES = new Set(["a"]);`,
      `const LIMIT = 10;`,
      `function make() { let count = 0; const seen = new Map(); return { count, seen }; }`,
    ],
  });
  assertAllowed("no-module-state", { path: "api/a/b_test.ts", sources: [`let count = 0;`] });
});

Deno.test("top-level-function refuses arrows in place of declarations, not closures", () => {
  assertRefused("top-level-function", {
    path: PATH,
    sources: [`const run = () => 1;`, `export const run = async function () {};`],
  });
  assertAllowed("top-level-function", {
    path: PATH,
    sources: [
      `export const emitAudit: AuditSink = async (ctx, tx, entry) => {};`,
      `function run() { const add = (a: number) => a + 1; return add; }`,
    ],
  });
});

Deno.test("function-fits-a-screen refuses the 71st line and allows the 70th", () => {
  const lines = (count: number) => `function run() {\n${"step();\n".repeat(count - 2)}}`;
  assertAllowed("function-fits-a-screen", { path: PATH, sources: [lines(70)] });
  assertRefused("function-fits-a-screen", { path: PATH, sources: [lines(71)] });
});

Deno.test("log-through-platform refuses the console outside main.ts, the log and tools", () => {
  const sources = [`console.log("started");`, `globalThis.console.error("broken");`];
  assertRefused("log-through-platform", { path: PATH, sources });
  for (const path of ["api/main.ts", "api/platform/log.ts", "api/cli/demo.ts"]) {
    assertAllowed("log-through-platform", { path, sources });
  }
});

Deno.test("cache-through-platform keeps lru-cache in platform/cache", () => {
  const sources = [`import { LRUCache } from "lru-cache";`];
  assertRefused("cache-through-platform", { path: PATH, sources });
  assertAllowed("cache-through-platform", { path: "api/platform/cache.ts", sources });
});

Deno.test("test-is-a-promise refuses names that promise nothing, skips and sleeps", () => {
  assertRefused("test-is-a-promise", {
    path: "api/orders/state_test.ts",
    sources: [
      `Deno.test("placeOrder()", () => {});`,
      `Deno.test("test that an order is placed", () => {});`,
      `Deno.test("placeOrder() should place an order", () => {}); Deno.test("should place an order", () => {});`,
      `Deno.test("placeOrder() works when called", () => {});`,
      `Deno.test("placeOrder() places an order.", () => {});`,
      `Deno.test({ name: "orders", fn() {} });`,
      `Deno.test.ignore("placeOrder() places an order", () => {});`,
      `Deno.test.only("placeOrder() places an order", () => {});`,
      `Deno.test({ name: "placeOrder() places an order", ignore: true, fn() {} });`,
      `Deno.test({ name: "placeOrder() places an order", ignore: absent, fn() {} });`,
      `await new Promise((resolve) => setTimeout(resolve, 50));`,
    ],
  });
});

Deno.test("test-is-a-promise allows promises, and skips that name what they need", () => {
  assertAllowed("test-is-a-promise", {
    path: "api/orders/state_test.ts",
    sources: [
      `Deno.test("placeOrder() refuses when the kill switch is on", () => {});`,
      "Deno.test(`${name} matches`, () => {});",
      `Deno.test({ name: "run() matches the cases (needs CASES_DIR)", ignore: absent, fn() {} });`,
      `Deno.test("run() matches the cases (needs CASES_DIR)", { ignore: absent }, () => {});`,
    ],
  });
});

Deno.test("laws give messages that open with the refused action and end without a stop", () => {
  const source = `let a = 1; export default class { b() {} } eval("1"); console.log(Date.now());
    const rows = sql\`SELECT sum(price) FROM orders\`; Deno.env.get("A");
    const run = () => 1; import "../market/store.ts";`;
  for (const rule of RULES_IN_SAMPLE) {
    const messages = lintMessages(rule, PATH, source);
    assert.notEqual(messages.length, 0, rule);
    for (const each of messages) assert.match(each, /^Cannot [^]*[^.]$/);
  }
});

const RULES_IN_SAMPLE = [
  "capability-imports",
  "class-has-lifetime",
  "clock-and-randomness",
  "environment-in-main",
  "log-through-platform",
  "money-stays-out-of-sql",
  "no-code-from-text",
  "no-default-export",
  "no-module-state",
  "sql-in-stores",
  "top-level-function",
];
