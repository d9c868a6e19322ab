/**
 * A simulated market: candles that look like a year of crypto trading and are made up.
 *
 * The same seed gives the same bytes on every machine: only additions, multiplications, divisions
 * and a generator of its own, whose results IEEE 754 and integer arithmetic fix.
 */

import { allocateCandles, type CandleColumns } from "./candles/columns.ts";
import { resampleCandles } from "./candles/resample.ts";

export interface SimulatedSeries {
  readonly pair: string;
  readonly timeframe: string;
  readonly candles: CandleColumns;
}

/** What every surface calls these candles. */
export const SIMULATED_SOURCE = "simulated";

export const SIMULATED_SEED = 20240101;

const START = Date.UTC(2024, 0, 1);
const STOP = Date.UTC(2025, 0, 1);
const STEP = 300_000;
const STEPS_A_DAY = 288;
/** Trades inside a candle; its high and low are theirs. */
const TRADES = 8;

interface Coin {
  readonly pair: string;
  readonly price: number;
  /** Typical move of a candle, as a ratio. */
  readonly noise: number;
  /** Share of the moves that all coins have in common. */
  readonly common: number;
  /** Traded a candle, in the base currency. */
  readonly volume: number;
}

const COINS: readonly Coin[] = [
  { pair: "BTC/USDT", price: 42_280, noise: 0.0011, common: 0.8, volume: 95 },
  { pair: "ETH/USDT", price: 2_282, noise: 0.0014, common: 0.7, volume: 1_150 },
];

const TICKS_A_UNIT = 100;
const LOTS_A_UNIT = 100_000;

/** BTC/USDT and ETH/USDT from 2024-01-01 to 2024-12-31, 5m and the 1h made of it. */
export function simulateMarket(seed: number = SIMULATED_SEED): SimulatedSeries[] {
  const shared = simulateMood(createUniform(seed));
  return COINS.flatMap((coin, index) => {
    const five = simulateCoin(coin, shared, createUniform(seed + 1 + index));
    return [
      { pair: coin.pair, timeframe: "5m", candles: five },
      { pair: coin.pair, timeframe: "1h", candles: resampleCandles(five, "5m", "1h") },
    ];
  });
}

/** Per candle: the move all coins share, and how lively the market is. */
interface Mood {
  readonly shock: Float64Array;
  readonly drift: Float64Array;
  readonly liveliness: Float64Array;
}

/** Trends of some hours to some days, and calm and wild spells that fade slowly. */
function simulateMood(uniform: () => number): Mood {
  const count = (STOP - START) / STEP;
  const shock = new Float64Array(count);
  const drift = new Float64Array(count);
  const liveliness = new Float64Array(count);
  let [trend, trendLeft, spell] = [0, 0, 1];
  for (let i = 0; i < count; i++) {
    if (trendLeft-- <= 0) {
      trend = normal(uniform) * 0.00006;
      trendLeft = 60 + Math.floor(uniform() * 3 * STEPS_A_DAY);
    }
    if (uniform() < 0.0008) spell += 1 + 2 * uniform();
    spell += 0.004 * (1 - spell) + 0.02 * normal(uniform) * spell;
    spell = Math.min(Math.max(spell, 0.35), 4);
    shock[i] = normal(uniform);
    drift[i] = trend;
    liveliness[i] = spell * dayShape(i % STEPS_A_DAY);
  }
  return { shock, drift, liveliness };
}

function simulateCoin(coin: Coin, mood: Mood, uniform: () => number): CandleColumns {
  const count = mood.shock.length;
  const candles = allocateCandles(count);
  let price = coin.price;
  let ticks = Math.round(price * TICKS_A_UNIT);
  for (let i = 0; i < count; i++) {
    const lively = mood.liveliness[i] ?? 1;
    const common = (mood.shock[i] ?? 0) * coin.common;
    // Prices far from where the year began are pulled back a little.
    const pull = 0.000004 * (coin.price / price - 1);
    const push = (mood.drift[i] ?? 0) + pull + coin.noise * lively * common / 2;
    candles.time[i] = START + i * STEP;
    candles.open[i] = ticks / TICKS_A_UNIT;
    let [high, low] = [ticks, ticks];
    let moved = 0;
    for (let trade = 0; trade < TRADES; trade++) {
      const move = push / TRADES + coin.noise * lively * 0.27 * normal(uniform);
      price *= 1 + move;
      moved += Math.abs(move);
      ticks = Math.round(price * TICKS_A_UNIT);
      if (ticks > high) high = ticks;
      if (ticks < low) low = ticks;
    }
    candles.high[i] = high / TICKS_A_UNIT;
    candles.low[i] = low / TICKS_A_UNIT;
    candles.close[i] = ticks / TICKS_A_UNIT;
    const busy = 0.3 * lively + moved / (coin.noise * 2) * (0.5 + uniform());
    candles.volume[i] = Math.round(coin.volume * busy * LOTS_A_UNIT) / LOTS_A_UNIT;
  }
  return candles;
}

/** Quiet in Asia's late night, busy when Europe and America overlap; about 1 on average. */
function dayShape(step: number): number {
  const hour = step / 12;
  const busy = Math.max(0, 1 - Math.abs(hour - 15) / 6);
  const quiet = Math.max(0, 1 - Math.abs(hour - 4.5) / 4);
  return 0.9 + 0.5 * busy - 0.25 * quiet;
}

/** About standard normal: the sum of four uniforms, scaled to variance 1; never beyond 3.5. */
function normal(uniform: () => number): number {
  return (uniform() + uniform() + uniform() + uniform() - 2) * 1.7320508075688772;
}

/** mulberry32: uniform in [0, 1) in steps of 2⁻³². */
function createUniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
