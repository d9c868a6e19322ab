import assert from "node:assert/strict";
import { CONFIG_FIELDS, MARKET_FIELDS, PROTECTION_FIELDS } from "./engine_input.ts";
import { ASK_KINDS, EVENT_KINDS, INTENT_KINDS, ORDER_STATUSES, PHASES } from "./engine_kinds.ts";
import { ORDER_FIELDS, SUMMARY_FIELDS, TRADE_FIELDS } from "./engine_report.ts";
import { ENGINE_STRINGS } from "./engine_strings.ts";
import { CoreMemory, readCoreModule } from "./memory.ts";

function source(path: string): Promise<string> {
  return Deno.readTextFile(new URL(`assembly/${path}`, import.meta.url));
}

const layout = await source("backtest/layout.ts");
const report = await source("backtest/report.ts");

/** Constants `PREFIX_NAME: i32 = value` of a source text. */
function constants(text: string, prefix: string): Record<string, number> {
  const found = text.matchAll(new RegExp(`const ${prefix}_(\\w+)(?:: i32)? = (-?\\d+);`, "g"));
  return Object.fromEntries([...found].map(([, name, value]) => [name, Number(value)]));
}

function fieldsOfClass(name: string): string[] {
  const body = layout.match(new RegExp(`class ${name} \\{([^}]*)\\}`))?.[1] ?? "";
  return [...body.matchAll(/^ {2}(\w+): \w+;/gm)].map(([, field]) => field ?? "");
}

function putsOf(name: string): number {
  const body = report.match(new RegExp(`function ${name}\\([^]*?\\n\\}`))?.[0] ?? "";
  return [...body.matchAll(/^ +put\(/gm)].length;
}

Deno.test("ask kinds are the same numbers in the core and outside", async () => {
  assert.deepEqual(constants(await source("host/kinds.ts"), "ASK"), ASK_KINDS);
});

Deno.test("phases, events, intents and order statuses are the same numbers", async () => {
  assert.deepEqual(constants(await source("backtest/index.ts"), "PHASE"), PHASES);
  assert.deepEqual(constants(await source("backtest/apply.ts"), "EVENT"), EVENT_KINDS);
  assert.deepEqual(constants(layout, "INTENT"), INTENT_KINDS);
  assert.deepEqual(constants(layout, "ORDER"), ORDER_STATUSES);
});

Deno.test("the engine's own strings have a text for every code", () => {
  const codes = { ...constants(layout, "REASON"), EMPTY: -2 };
  for (const [name, code] of Object.entries(codes)) {
    assert.equal(ENGINE_STRINGS[code], name === "EMPTY" ? "" : name.toLowerCase());
  }
  assert.equal(Object.keys(ENGINE_STRINGS).length, Object.keys(codes).length);
});

Deno.test("configuration and markets are written in the order the core reads them", async () => {
  assert.deepEqual(fieldsOfClass("Config"), [...CONFIG_FIELDS]);
  assert.deepEqual(fieldsOfClass("Market"), [...MARKET_FIELDS]);
  assert.deepEqual(fieldsOfClass("Protection"), [...PROTECTION_FIELDS]);
  const core = new CoreMemory(await readCoreModule());
  assert.equal(core.call("engineConfigBytes"), CONFIG_FIELDS.length * 8);
  assert.equal(core.call("engineMarketBytes"), MARKET_FIELDS.length * 8);
});

Deno.test("report rows have as many doubles as they have names", () => {
  assert.equal(putsOf("writeTrade"), TRADE_FIELDS.length);
  assert.equal(putsOf("writeOrders"), ORDER_FIELDS.length);
  assert.equal(putsOf("writeSummary"), SUMMARY_FIELDS.length);
});
