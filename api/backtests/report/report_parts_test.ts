import assert from "node:assert/strict";
import fc from "fast-check";
import { binProfits } from "./histogram.ts";
import { escapeHtml, markup } from "./markup.ts";
import { yearLines } from "./months.ts";
import { ByteSink, decimalsOf, putColumn } from "./packing.ts";
import { planPlots } from "./plot_config.ts";
import { toneOf } from "./table.ts";

Deno.test("markup escapes values and takes markup as it is", () => {
  const inner = markup`<b>${"<i>"}</b>`;
  assert.equal(markup`${inner}${["a", "&"]}${3}${null}`.html, "<b>&#60;i&#62;</b>a&#38;3");
});

Deno.test("escapeHtml() leaves no character that could end text or an attribute", () => {
  fc.assert(fc.property(fc.string(), (text) => {
    assert.ok(!/[<>"'`]/.test(escapeHtml(text)));
  }));
});

Deno.test("decimalsOf() keeps all decimals of short numbers and enough digits of long ones", () => {
  const of = (...values: number[]) => decimalsOf([Float64Array.from(values)], 7);
  assert.equal(of(42_013.57, 41_000.1), 2);
  assert.equal(of(0.00001234, 0.00001201), 8);
  assert.equal(of(1 / 3, 2 / 3), 7);
  assert.equal(of(NaN, 0), 0);
  assert.equal(of(5e9, 7e9), -3);
  assert.ok(decimalsOf([Float64Array.of(123_456_789.5)], 3) < 0);
});

Deno.test("putColumn() takes one byte for a small step and one for a gap", () => {
  const sink = new ByteSink();
  putColumn(sink, Float64Array.of(100, 101, NaN, 102), 0);
  assert.deepEqual([...sink.bytes()], [0xc9, 0x01, 3, 0, 3]);
});

Deno.test("planPlots() takes colours that name a colour and leaves addresses and missing columns out", () => {
  const plan = planPlots({
    main_plot: {
      a: { color: "red" },
      b: { color: "url(http://127.0.0.1/)" },
      gone: { color: "blue" },
    },
    subplots: {
      One: { c: { color: "rgba(1, 2, 3, 0.5)", type: "bar", fill_to: "a" } },
      Empty: { gone: {} },
    },
  }, new Set(["a", "b", "c"]));
  assert.deepEqual(plan.columns, ["a", "b", "c"]);
  assert.deepEqual(plan.panes.map(({ title }) => title), ["", "One"]);
  assert.deepEqual(plan.panes[0]?.marks.map(({ color }) => color), ["red", null]);
  assert.deepEqual(plan.panes[1]?.marks.map(({ kind, fillTo }) => [kind, fillTo]), [["bar", 0]]);
});

Deno.test("planPlots() answers one empty pane for whatever is no plot_config", () => {
  fc.assert(fc.property(fc.anything(), (config) => {
    const { panes, columns } = planPlots(config, new Set(["close"]));
    assert.ok(panes.length >= 1);
    assert.ok(columns.length <= 1);
  }));
});

Deno.test("binProfits() counts every trade once and has an edge at zero", () => {
  const ratios = fc.array(fc.double({ min: -1, max: 20, noNaN: true }), { maxLength: 500 });
  fc.assert(fc.property(ratios, (values) => {
    const bins = binProfits(Float64Array.from(values));
    assert.equal(bins.reduce((sum, { count }) => sum + count, 0), values.length);
    assert.ok(bins.length <= 60);
    for (const { from, to } of bins) {
      assert.ok(from < to);
      assert.ok(from > -1e-9 || to < 1e-9 + (to - from) * 1e-6, `${from} to ${to} crosses zero`);
    }
  }));
});

Deno.test("yearLines() places months in their year and leaves the others empty", () => {
  const line = { date: "", wins: 1, draws: 0, losses: 0, profitFactor: 1 };
  const lines = yearLines([
    { ...line, dateTs: Date.UTC(2023, 11, 31), profitAbs: 5, trades: 2 },
    { ...line, dateTs: Date.UTC(2024, 0, 31), profitAbs: -3, trades: 1 },
  ]);
  assert.deepEqual(lines.map(({ year, total }) => [year, total.profitAbs]), [[2023, 5], [
    2024,
    -3,
  ]]);
  assert.deepEqual(lines[0]?.months[11], { profitAbs: 5, trades: 2 });
  assert.equal(lines[0]?.months[0], null);
});

Deno.test("toneOf() goes by the sign of what is shown", () => {
  assert.deepEqual(
    ["-0.10%", "0.00", "12 USDT", "-0.00", "–"].map(toneOf),
    ["neg", "flat", "pos", "flat", "flat"],
  );
});
