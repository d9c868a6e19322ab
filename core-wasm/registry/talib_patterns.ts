/** TA-Lib: Pattern Recognition. Values are 0 or plus or minus 80, 100 or 200; plus is a rise. */
import type { KernelRow } from "../kernel.ts";
import { of } from "./row.ts";
import { factor, OHLC, talib } from "./talib_row.ts";

export const TALIB_PATTERNS: readonly KernelRow[] = [
  pattern(
    "CDL2CROWS",
    12,
    "Two crows: a long white candle, a black one above it, a black one that falls back into the first body",
  ),
  pattern(
    "CDL3BLACKCROWS",
    13,
    "Three black crows: after a white candle three falling black ones without lower shadows",
  ),
  pattern(
    "CDL3INSIDE",
    12,
    "Three inside: a long candle, a short one inside its body, a close beyond the first's open",
  ),
  pattern(
    "CDL3LINESTRIKE",
    8,
    "Three-line strike: three candles march one way, and a fourth undoes them all",
  ),
  pattern("CDL3OUTSIDE", 3, "Three outside: an engulfing candle that the next close confirms"),
  pattern(
    "CDL3STARSINSOUTH",
    12,
    "Three stars in the south: three ever smaller black candles whose lows stop falling",
  ),
  pattern(
    "CDL3WHITESOLDIERS",
    12,
    "Three white soldiers: three white candles without upper shadows, each closing higher",
  ),
  pattern(
    "CDLABANDONEDBABY",
    12,
    "Abandoned baby: a doji set off by gaps, shadows included, from the candles on both sides",
    0.3,
  ),
  pattern(
    "CDLADVANCEBLOCK",
    12,
    "Advance block: three white candles that still close higher but weaken",
  ),
  pattern("CDLBELTHOLD", 10, "Belt-hold: a long candle without a shadow where it opened"),
  pattern(
    "CDLBREAKAWAY",
    14,
    "Breakaway: a long candle, a gap, two more steps on, then a close back inside the gap",
  ),
  pattern(
    "CDLCLOSINGMARUBOZU",
    10,
    "Closing marubozu: a long candle without a shadow where it closed",
  ),
  pattern(
    "CDLCONCEALBABYSWALL",
    13,
    "Concealing baby swallow: two black marubozus, a black one whose shadow reaches back, a black one around it",
  ),
  pattern(
    "CDLCOUNTERATTACK",
    11,
    "Counterattack: two long candles of opposite colours that close at the same price",
  ),
  pattern(
    "CDLDARKCLOUDCOVER",
    11,
    "Dark cloud cover: a long white candle, then a black one from above its high deep into its body",
    0.5,
  ),
  pattern("CDLDOJI", 10, "Doji: a candle that closes about where it opened"),
  pattern(
    "CDLDOJISTAR",
    11,
    "Doji star: a doji beyond a gap in the direction of the long candle before it",
  ),
  pattern(
    "CDLDRAGONFLYDOJI",
    10,
    "Dragonfly doji: a doji at the top of its range, with a lower shadow only",
  ),
  pattern(
    "CDLENGULFING",
    2,
    "Engulfing: a body around the body of the other colour before it; 80 when they share one end",
  ),
  pattern(
    "CDLEVENINGDOJISTAR",
    12,
    "Evening doji star: a long white candle, a doji above it, a black one deep into the first body",
    0.3,
  ),
  pattern(
    "CDLEVENINGSTAR",
    12,
    "Evening star: a long white candle, a short one above it, a black one deep into the first body",
    0.3,
  ),
  pattern(
    "CDLGAPSIDESIDEWHITE",
    7,
    "Side-by-side white lines: two alike white candles beyond a gap",
  ),
  pattern(
    "CDLGRAVESTONEDOJI",
    10,
    "Gravestone doji: a doji at the bottom of its range, with an upper shadow only",
  ),
  pattern(
    "CDLHAMMER",
    11,
    "Hammer: a short body with a long lower shadow only, near or below the low before it",
  ),
  pattern(
    "CDLHANGINGMAN",
    11,
    "Hanging man: a short body with a long lower shadow only, near or above the high before it",
  ),
  pattern(
    "CDLHARAMI",
    11,
    "Harami: a short body inside the long one before it; 80 when they share an end",
  ),
  pattern(
    "CDLHARAMICROSS",
    11,
    "Harami cross: a doji inside the long body before it; 80 when they share an end",
  ),
  pattern(
    "CDLHIGHWAVE",
    10,
    "High wave: a short body between two shadows of more than twice its size",
  ),
  pattern(
    "CDLHIKKAKE",
    5,
    "Hikkake: an inside candle and a break to one side that fails; 200 once a close the other way confirms",
  ),
  pattern(
    "CDLHIKKAKEMOD",
    10,
    "Modified hikkake: two inside candles and a break that fails; 200 once a close the other way confirms",
  ),
  pattern(
    "CDLHOMINGPIGEON",
    11,
    "Homing pigeon: a short black body inside the long black one before it",
  ),
  pattern(
    "CDLIDENTICAL3CROWS",
    12,
    "Identical three crows: three falling black candles, each from the close before it",
  ),
  pattern(
    "CDLINNECK",
    11,
    "In-neck: a long black candle, then a white one from below its low to just at or above its close",
  ),
  pattern(
    "CDLINVERTEDHAMMER",
    11,
    "Inverted hammer: a short body below the body before it, with a long upper shadow only",
  ),
  pattern(
    "CDLKICKING",
    11,
    "Kicking: two marubozus of opposite colours with a gap between; the second gives the direction",
  ),
  pattern(
    "CDLKICKINGBYLENGTH",
    11,
    "Kicking by length: two marubozus of opposite colours with a gap between; the longer gives the direction",
  ),
  pattern(
    "CDLLADDERBOTTOM",
    14,
    "Ladder bottom: three falling black candles, one with an upper shadow, a white one that closes above its high",
  ),
  pattern("CDLLONGLEGGEDDOJI", 10, "Long-legged doji: a doji with at least one long shadow"),
  pattern("CDLLONGLINE", 10, "Long line: a long body with short shadows"),
  pattern("CDLMARUBOZU", 10, "Marubozu: a long body without shadows"),
  pattern("CDLMATCHINGLOW", 6, "Matching low: two black candles that close at the same price"),
  pattern(
    "CDLMATHOLD",
    14,
    "Mat hold: a long white candle, three short ones that hold most of it, a white one that closes above",
    0.5,
  ),
  pattern(
    "CDLMORNINGDOJISTAR",
    12,
    "Morning doji star: a long black candle, a doji below it, a white one deep into the first body",
    0.3,
  ),
  pattern(
    "CDLMORNINGSTAR",
    12,
    "Morning star: a long black candle, a short one below it, a white one deep into the first body",
    0.3,
  ),
  pattern(
    "CDLONNECK",
    11,
    "On-neck: a long black candle, then a white one from below its low that closes at that low",
  ),
  pattern(
    "CDLPIERCING",
    11,
    "Piercing: a long black candle, then a long white one from below its low to above its middle",
  ),
  pattern(
    "CDLRICKSHAWMAN",
    10,
    "Rickshaw man: a doji with two long shadows near the middle of its range",
  ),
  pattern(
    "CDLRISEFALL3METHODS",
    14,
    "Three methods: a long candle, three short ones against it within its range, a long one that goes on",
  ),
  pattern(
    "CDLSEPARATINGLINES",
    11,
    "Separating lines: two candles of opposite colours from the same open, the second a belt-hold",
  ),
  pattern(
    "CDLSHOOTINGSTAR",
    11,
    "Shooting star: a short body above the body before it, with a long upper shadow only",
  ),
  pattern("CDLSHORTLINE", 10, "Short line: a short body with short shadows"),
  pattern("CDLSPINNINGTOP", 10, "Spinning top: a short body between two longer shadows"),
  pattern(
    "CDLSTALLEDPATTERN",
    12,
    "Stalled: two long rising white candles, then a short white one on the second's shoulder",
  ),
  pattern(
    "CDLSTICKSANDWICH",
    7,
    "Stick sandwich: a white candle between two black ones that close at the same price below its low",
  ),
  pattern("CDLTAKURI", 10, "Takuri: a doji at the top of its range with a very long lower shadow"),
  pattern(
    "CDLTASUKIGAP",
    7,
    "Tasuki gap: a gap, then a candle of the other colour and like size that closes inside it",
  ),
  pattern(
    "CDLTHRUSTING",
    11,
    "Thrusting: a long black candle, then a white one from below its low to under the middle of its body",
  ),
  pattern("CDLTRISTAR", 12, "Tristar: three dojis, the middle one beyond a gap"),
  pattern(
    "CDLUNIQUE3RIVER",
    12,
    "Unique three river: a long black candle, a black one inside it with a lower low, a short white one above that low",
  ),
  pattern(
    "CDLUPSIDEGAP2CROWS",
    12,
    "Upside gap two crows: a long white candle, a short black one above, a black one around it that leaves the gap open",
  ),
  pattern(
    "CDLXSIDEGAP3METHODS",
    2,
    "Gap three methods: a gap between two candles of one colour that a third of the other colour closes",
  ),
];

/** `penetration` is how far the last close must reach into the first body, as a share of it. */
function pattern(name: string, lookback: number, summary: string, penetration?: number): KernelRow {
  return talib(name, {
    group: "Pattern Recognition",
    inputs: OHLC,
    parameters: penetration === undefined ? [] : [factor("penetration", penetration, 0)],
    outputs: of("i32", "integer"),
    lookback: () => lookback,
    summary,
  });
}
