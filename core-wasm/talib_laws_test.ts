/** What must hold of TA-Lib's functions whatever their implementation: how answers move with their prices. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { callKernel, CoreMemory, findKernel, readCoreModule } from "./mod.ts";
import { type Candles, randomCandles, randomNumbers } from "./tools/random_series.ts";

const ROWS = 500;
const ABSTRACT_COLUMNS: Readonly<Record<string, keyof Candles>> = {
  real: "close",
  real0: "high",
  real1: "low",
};
const core = new CoreMemory(await readCoreModule());

/** By the power in which the answers grow with the prices. */
const PRICE_POWERS: Readonly<Record<string, number>> = {
  ...powerOf(0, "HT_DCPERIOD HT_DCPHASE HT_SINE HT_TRENDMODE ADX ADXR AROON AROONOSC DX MINUS_DI"),
  ...powerOf(0, "PLUS_DI VORTEX DIV MAXINDEX MININDEX MINMAXINDEX BOP CCI COPPOCK ER FOSC FRACTAL"),
  ...powerOf(0, "PPO ROC ROCP ROCR ROCR100 TRIX VHF CMO CMOU IMI KDJ MFI RSI SMI STOCH STOCHF"),
  ...powerOf(0, "STOCHRSI TSI ULTOSC WILLR BETA CORREL PERCENTRANK CVI MASSI NATR RVI AD ADOSC"),
  ...powerOf(0, "CMF NVI OBV PVI PVO PVT RVOL"),
  ...powerOf(1, "HT_PHASOR MINUS_DM PLUS_DM ADD CUMSUM MAX MIN MINMAX SUB SUM AC AO APO DPO ERI"),
  ...powerOf(1, "MACD MACDEXT MACDFIX MOM QSTICK WAD ACCBANDS BBANDS DEMA DONCHIAN EMA HMA"),
  ...powerOf(1, "HT_TRENDLINE KAMA KC MA MAMA MAVP MIDPOINT MIDPRICE RMA SAR SAREXT SMA T3 TEMA"),
  ...powerOf(1, "TRIMA VWMA WMA ZLEMA AVGDEV AVGPRICE HA MEDPRICE TYPPRICE WCLPRICE LINEARREG"),
  ...powerOf(1, "LINEARREG_INTERCEPT LINEARREG_SLOPE PERCENTILE STDDEV TSF ADR ATR TRANGE EFI"),
  ...powerOf(1, "MARKETFI VWAP"),
  ...powerOf(2, "MULT VAR"),
};

const VOLUME_POWERS: Readonly<Record<string, number>> = {
  ...powerOf(0, "MFI VWMA CMF NVI PVI PVO RVOL VWAP"),
  ...powerOf(1, "AD ADOSC EFI OBV PVT"),
  ...powerOf(-1, "MARKETFI"),
};

/** What stays when all prices move by the same, and what moves with them. */
const STAYING =
  ("AROON AROONOSC ADX DX MINUS_DI MINUS_DM PLUS_DI PLUS_DM VORTEX MAXINDEX MININDEX " +
    "MINMAXINDEX SUB BOP ER FRACTAL MOM QSTICK VHF WAD CMO CMOU IMI RSI STOCHF TSI ULTOSC WILLR " +
    "PERCENTRANK ADR ATR CVI MASSI TRANGE AD ADOSC CMF EFI MARKETFI OBV").split(" ");
const MOVING =
  "MAX MIN MINMAX CEIL FLOOR DONCHIAN MIDPOINT MIDPRICE AVGPRICE HA MEDPRICE WCLPRICE " +
  "PERCENTILE";

Deno.test("prices times a power of two multiply answers by its power, bit for bit", () => {
  checkScaling(PRICE_POWERS, (candles, factor) => mapPrices(candles, (price) => price * factor));
});

Deno.test("volumes times a power of two multiply answers by its power, bit for bit", () => {
  checkScaling(VOLUME_POWERS, (candles, factor) => ({
    ...candles,
    volume: candles.volume.map((volume) => volume * factor),
  }));
});

Deno.test("prices that all move by the same leave distances and move levels, bit for bit", () => {
  const powers = { ...powerOf(0, STAYING.join(" ")), ...powerOf(1, MOVING) };
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 64 }), (seed, by) => {
      const candles = candlesOf(seed, 0.125);
      const moved = mapPrices(candles, (price) => price + by);
      for (const [name, power] of Object.entries(powers)) {
        const expected = compute(name, candles).map((column) =>
          column.map((value) => power === 0 ? value : value + by)
        );
        assert.deepEqual(compute(name, moved), expected, name);
      }
    }),
    { numRuns: 15 },
  );
});

function checkScaling(
  powers: Readonly<Record<string, number>>,
  scale: (candles: Candles, factor: number) => Candles,
): void {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: -20, max: 20 }), (seed, exponent) => {
      const candles = candlesOf(seed, 0);
      const scaled = scale(candles, 2 ** exponent);
      for (const [name, power] of Object.entries(powers)) {
        const expected = compute(name, candles).map((column) =>
          column.map((value) => value * 2 ** (exponent * power))
        );
        assert.deepEqual(compute(name, scaled), expected, `${name} by 2^${exponent}`);
      }
    }),
    { numRuns: 15 },
  );
}

function powerOf(power: number, names: string): Record<string, number> {
  return Object.fromEntries(names.split(" ").map((name) => [name, power]));
}

function candlesOf(seed: number, tick: number): Candles {
  return randomCandles(randomNumbers(seed), {
    length: ROWS,
    start: 64,
    step: 0.02,
    tick,
    idle: 0.05,
  });
}

function mapPrices(candles: Candles, change: (price: number) => number): Candles {
  const { open, high, low, close, volume } = candles;
  return {
    open: open.map(change),
    high: high.map(change),
    low: low.map(change),
    close: close.map(change),
    volume,
  };
}

function compute(name: string, candles: Candles): Float64Array[] {
  const row = findKernel(name);
  assert.ok(row, name);
  const columns: Readonly<Record<string, Float64Array>> = {
    ...candles,
    periods: candles.close.map((_, index) => 2 + index % 20),
  };
  return core.scope(() => {
    const inputs = row.inputs.map((input) => {
      const column = columns[ABSTRACT_COLUMNS[input.name] ?? input.name];
      assert.ok(column, `${name} reads "${input.name}"`);
      return core.loadColumn("f64", column);
    });
    const parameters = row.parameters.map((parameter) => parameter.default);
    return callKernel(core, row, inputs, parameters).map((column) =>
      Float64Array.from(core.read(column) as Iterable<number>)
    );
  });
}
