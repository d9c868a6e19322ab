import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { CoreMemory, readCoreModule } from "../../core-wasm/mod.ts";
import { type CompiledStrategy, compileStrategy } from "./compile.ts";
import { type ProgramResult, runProgram } from "./ir/run.ts";

interface Golden {
  readonly class: string;
  readonly params: Record<string, Record<string, unknown>> | null;
  readonly columns: Record<string, string>;
  readonly signals: Record<string, number[]>;
  readonly tags: Record<string, Record<string, string>>;
}

interface Goldens {
  readonly versions: Record<string, string>;
  readonly candles: [number, number, number, number, number, number][];
  readonly strategies: Record<string, Golden>;
}

const TESTDATA = new URL("./testdata/", import.meta.url);
const SIGNALS = {
  enter_long: "enterLong",
  exit_long: "exitLong",
  enter_short: "enterShort",
  exit_short: "exitShort",
} as const;
const TAGS = { enter_tag: "enterTag", exit_tag: "exitTag" } as const;

const goldens: Goldens = JSON.parse(await Deno.readTextFile(new URL("goldens.json", TESTDATA)));

function candleColumns() {
  const column = (at: number) => Float64Array.from(goldens.candles, (row) => row[at] ?? NaN);
  return {
    date: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
}

async function compileGolden(name: string, golden: Golden): Promise<CompiledStrategy> {
  const text = await Deno.readTextFile(new URL(`${name}.py`, TESTDATA));
  const compiled = compileStrategy(text, {
    pairs: ["BTC/USDT"],
    parameterFile: golden.params === null
      ? undefined
      : { strategy_name: golden.class, params: golden.params },
  });
  if (!compiled.accepted) throw new Error(JSON.stringify(compiled.refusals));
  return compiled;
}

function digest(column: ArrayLike<number | bigint>): string {
  // NaN has many bit patterns; the digest knows one.
  const values = Float64Array.from(column, (value) => Number.isNaN(value) ? NaN : Number(value));
  return createHash("sha256").update(new Uint8Array(values.buffer)).digest("hex");
}

function checkSignals(golden: Golden, { signals }: ProgramResult, strings: readonly string[]) {
  for (const [name, key] of Object.entries(SIGNALS)) {
    const rows = signals[key] === null ? undefined : [...signals[key].entries()]
      .filter(([, flag]) => flag === 1).map(([row]) => row);
    assert.deepEqual(rows, golden.signals[name], name);
  }
  for (const [name, key] of Object.entries(TAGS)) {
    const tagged = [...(signals[key] ?? []).entries()].flatMap(([row, code]) => {
      const text = strings[code] ?? "";
      return text === "" ? [] : [[String(row), text]];
    });
    assert.deepEqual(Object.fromEntries(tagged), golden.tags[name], name);
  }
}

for (const [name, golden] of Object.entries(goldens.strategies)) {
  const versions = `freqtrade ${goldens.versions.freqtrade}`;
  Deno.test(`compileStrategy() gives "${name}" the signals and columns of ${versions}`, async () => {
    const compiled = await compileGolden(name, golden);
    const core = new CoreMemory(await readCoreModule());
    const program = compiled.programs[0]?.program;
    assert.ok(program !== undefined);
    const result = runProgram(core, program, {
      series: [candleColumns()],
      slots: compiled.slotValues,
      columns: "all",
    });
    checkSignals(golden, result, program.strings);
    const digests = Object.fromEntries(
      Object.keys(golden.columns).map((column) => [
        column,
        digest(result.columns.get(column) ?? []),
      ]),
    );
    assert.deepEqual(digests, golden.columns);
  });
}

Deno.test("runProgram() computes only what is asked for and gives back core memory", async () => {
  const core = new CoreMemory(await readCoreModule());
  const golden = goldens.strategies.bands;
  assert.ok(golden !== undefined);
  const compiled = await compileGolden("bands", golden);
  const program = compiled.programs[0]?.program;
  assert.ok(program !== undefined);
  const mark = core.mark();
  const run = { series: [candleColumns()], columns: ["macd"] };
  const result = runProgram(core, program, run);
  assert.deepEqual([...result.columns.keys()], ["macd"]);
  assert.equal(core.mark(), mark);
  assert.equal(digest(result.columns.get("macd") ?? []), golden.columns.macd);
});

Deno.test("runProgram() binds slots per run and refuses a fraction for a whole number", async () => {
  const core = new CoreMemory(await readCoreModule());
  const golden = goldens.strategies.tuned;
  assert.ok(golden !== undefined);
  const compiled = await compileGolden("tuned", golden);
  const program = compiled.programs[0]?.program;
  assert.ok(program !== undefined);
  const entries = (buyRsi: number) => {
    const slots = { ...compiled.slotValues, buy_rsi: buyRsi };
    const { signals } = runProgram(core, program, { series: [candleColumns()], slots });
    return signals.enterLong?.reduce((total, flag) => total + flag, 0) ?? 0;
  };
  assert.ok(entries(60) > entries(30));
  assert.throws(() => entries(30.5), /buy_rsi.*not a whole number/);
});
