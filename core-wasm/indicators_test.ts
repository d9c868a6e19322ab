import assert from "node:assert/strict";
import { callKernel, computeIndicator, CoreMemory, findKernel, KernelError } from "./mod.ts";
import { KERNELS, listIndicators, loadColumn, readCoreModule } from "./mod.ts";

const CLOSE = Float64Array.from({ length: 40 }, (_, i) => 100 + Math.sin(i) * 5);

Deno.test("computeIndicator() answers outputs by name when inputs come by name", () => {
  const { real } = computeIndicator("SMA", { real: [1, 2, 3, 4] }, { timeperiod: 2 });
  assert.deepEqual(real, Float64Array.of(NaN, 1.5, 2.5, 3.5));
});

Deno.test("computeIndicator() takes the reference's defaults when parameters are absent", () => {
  const { macd } = computeIndicator("MACD", { real: CLOSE });
  assert.equal(macd?.findIndex((value) => !Number.isNaN(value)), 33);
});

Deno.test("computeIndicator() skips leading rows without a value when the family is talib", () => {
  const late = CLOSE.slice();
  late.fill(NaN, 0, 3);
  const { real } = computeIndicator("SMA", { real: late }, { timeperiod: 4 });
  const { real: later } = computeIndicator("SMA", { real: CLOSE.slice(3) }, { timeperiod: 4 });
  assert.deepEqual(real?.slice(3), later);
});

Deno.test("computeIndicator() answers views over placed columns when asked for views", async () => {
  const core = new CoreMemory(await readCoreModule());
  const placed = loadColumn(core, CLOSE);
  const { real } = computeIndicator("EMA", { real: placed }, { timeperiod: 5 }, {
    core,
    as: "view",
  });
  assert.equal(real?.buffer, core.buffer);
  assert.deepEqual(
    Float64Array.from(real as Float64Array),
    computeIndicator("EMA", { real: CLOSE }, { timeperiod: 5 }).real,
  );
});

Deno.test("computeIndicator() names the argument and what is allowed when it refuses", () => {
  const refusals: [() => unknown, RegExp][] = [
    [() => computeIndicator("NOPE", {}), /^KernelError: Cannot compute NOPE: no indicator/],
    [
      () => computeIndicator("RSI", { real: CLOSE }, { timeperiod: 1 }),
      /"timeperiod" is 1, allowed are 2 to 100000/,
    ],
    [
      () => computeIndicator("RSI", { real: CLOSE }, { timeperiod: 2.5 }),
      /is 2.5, expected a whole/,
    ],
    [
      () => computeIndicator("RSI", { real: CLOSE }, { timeperiod: NaN }),
      /is NaN, expected a whole/,
    ],
    [() => computeIndicator("RSI", { real: CLOSE }, { period: 3 }), /no parameter "period"/],
    [() => computeIndicator("RSI", { close: CLOSE }), /input "real" is missing/],
    [() => computeIndicator("RSI", { real: CLOSE }, { timeperiod: 41 }), /there are only 40 rows/],
    [
      () => computeIndicator("TRANGE_LIKE", { high: CLOSE }),
      /no indicator has this name/,
    ],
    [
      () => computeIndicator("SAR", { high: CLOSE, low: CLOSE.slice(1) }),
      /"low" has 39 rows, expected 40 like "high"/,
    ],
  ];
  for (const [call, message] of refusals) {
    assert.throws(call, (err) => err instanceof KernelError && message.test(String(err)));
  }
});

Deno.test("callKernel() answers a column of the asked length when a kernel has no inputs", async () => {
  const core = new CoreMemory(await readCoreModule());
  const row = findKernel("const");
  assert.ok(row);
  const [column] = callKernel(core, row, [], [2.5], 3);
  assert.ok(column);
  assert.deepEqual(core.read(column), Float64Array.of(2.5, 2.5, 2.5));
});

Deno.test("every registry row has a unique name and an export of the core", async () => {
  const core = new CoreMemory(await readCoreModule());
  assert.equal(new Set(KERNELS.map((row) => row.name)).size, KERNELS.length);
  for (const row of KERNELS) assert.ok(core.function(row.symbol), row.symbol);
});

Deno.test("every export has as many arguments as its registry row says", async () => {
  const core = new CoreMemory(await readCoreModule());
  for (const row of KERNELS) {
    const expected = 2 + row.inputs.length + row.parameters.length + row.outputs.length;
    assert.equal(core.function(row.symbol).length, expected, row.name);
  }
});

Deno.test("listIndicators() is plain data when serialised", () => {
  const listed = listIndicators();
  assert.equal(listed.length, KERNELS.length);
  assert.equal(JSON.parse(JSON.stringify(listed)).length, KERNELS.length);
});

Deno.test("LN and LOG10 answer the same for a number whatever its neighbours are", () => {
  const usual = [40.1, 41.7, 39.3, 0.1, 1000, 1e-300, 1.7e308, 1];
  const unusual = [0, -1, NaN, Infinity, -Infinity, 5e-324, -0];
  for (const name of ["LN", "LOG10"]) {
    const alone = usual.map((value) => computeIndicator(name, { real: [value] }).real?.[0]);
    const paired = (neighbour: number, index: number) =>
      usual.map((value) =>
        computeIndicator(name, { real: [1, 1, ...pairOf(value, neighbour, index)] })
          .real?.[2 + index]
      );
    for (const neighbour of [...usual, ...unusual]) {
      assert.deepEqual(paired(neighbour, 0), alone, `${name} before ${neighbour}`);
      assert.deepEqual(paired(neighbour, 1), alone, `${name} after ${neighbour}`);
    }
  }
});

function pairOf(value: number, neighbour: number, index: number): number[] {
  return index === 0 ? [value, neighbour] : [neighbour, value];
}
