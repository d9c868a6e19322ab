import assert from "node:assert/strict";
import fc from "fast-check";
import { analyzeSource } from "./analyze.ts";

const NAMES = ["average_cross", "bands", "old_names", "folded", "dtypes", "tuned"];
const SOURCES = await Promise.all(
  NAMES.map((name) => Deno.readTextFile(new URL(`./testdata/${name}.py`, import.meta.url))),
);
const TOKENS = [
  ..."()[]{}:,.=+-*/%&|^~<>!@#\\'\"\n \t0",
  ..."** // == != <= >= += -> := ''' \"\"\"".split(" "),
  ..."if else elif for in while not and or is lambda def class return pass None True self".split(
    " ",
  ),
  ..."dataframe close rsi ta qtpylib np shift rolling loc value range 1e308 -1 0.5 99999".split(
    " ",
  ),
  "for i in range(10**9):\n",
  "while True:\n",
  "x = x + x\n",
  "[i for i in range(99999) for j in range(99999)]",
  "'a' * 999999999",
  "self.populate_indicators(dataframe, metadata)",
];

interface Mutation {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const mutations = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat({ max: 12 }),
    insert: fc.oneof(
      fc.constantFrom(...TOKENS),
      fc.array(fc.constantFrom(...TOKENS), { maxLength: 5 }).map((tokens) => tokens.join(" ")),
      fc.string({ unit: "binary", maxLength: 4 }),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

function mutate(source: string, changes: readonly Mutation[]): string {
  return changes.reduce((text, { at, remove, insert }) => {
    const place = Math.floor(at * text.length);
    return text.slice(0, place) + insert + text.slice(place + remove);
  }, source);
}

Deno.test("analyzeSource() answers every mutation of a strategy with a verdict, never an error", () => {
  fc.assert(
    fc.property(fc.constantFrom(...SOURCES), mutations, (source, changes) => {
      for (const analysis of analyzeSource(mutate(source, changes))) {
        assert.equal(analysis.accepted, analysis.refusals.length === 0);
        for (const { line, column, message } of analysis.refusals) {
          assert.ok(line >= 1 && column >= 1 && message.length > 0);
        }
      }
    }),
    { numRuns: 300, seed: 7 },
  );
});

const lines = SOURCES.flatMap((source) => source.split("\n"));

Deno.test("analyzeSource() answers every shuffling of strategy lines with a verdict", () => {
  const shuffled = fc.array(fc.constantFrom(...lines), { maxLength: 60 });
  fc.assert(
    fc.property(fc.constantFrom(...SOURCES), shuffled, (source, parts) => {
      const head = source.slice(0, Math.floor(source.length / 2));
      for (const analysis of analyzeSource(`${head}\n${parts.join("\n")}`)) {
        assert.equal(analysis.accepted, analysis.refusals.length === 0);
      }
    }),
    { numRuns: 150, seed: 11 },
  );
});

Deno.test("analyzeSource() ends loops and recursions that Python would not", () => {
  const head = "from freqtrade.strategy import IStrategy\n\n\nclass S(IStrategy):\n" +
    "    timeframe = '5m'\n    stoploss = -0.1\n\n" +
    "    def populate_exit_trend(self, dataframe, metadata):\n        return dataframe\n\n" +
    "    def populate_entry_trend(self, dataframe, metadata):\n";
  const bodies: [string, RegExp][] = [
    ["while True:\n            pass", /budget_exceeded/],
    ["x = 'ab'\n        while True:\n            x = x + x", /budget_exceeded/],
    ["return self.populate_entry_trend(dataframe, metadata)", /nested_too_deeply/],
    ["for i in range(10**15):\n            pass", /budget_exceeded/],
    ["x = []\n        for i in range(2000):\n            x += range(2000)", /budget_exceeded/],
  ];
  for (const [body, code] of bodies) {
    const [analysis] = analyzeSource(`${head}        ${body}\n        return dataframe\n`);
    assert.match(analysis?.refusals[0]?.code ?? "", code, body);
  }
});
