/** Submitting a backtest: check all that can be checked, pin, store, queue. */
import { enqueueJob, wakeJob } from "../jobs/queue.ts";
import { findSeries, pinSeries, type ResolvedMarket, resolveMarket } from "../market/service.ts";
import { toRfc3339 } from "../platform/clock.ts";
import { type Ctx, requireActor } from "../platform/context.ts";
import type { Db } from "../platform/database/open.ts";
import { newOwnedColumns } from "../platform/database/rows.ts";
import { AppError, notFound } from "../platform/errors.ts";
import { write } from "../platform/write.ts";
import { loadCompiler, type PinnedStrategy, pinStrategy } from "../strategies/service.ts";
import type { MarketsFile } from "./config/mod.ts";
import { backtestJob } from "./job.ts";
import { type BacktestPlan, planBacktest } from "./plan.ts";
import { type PlannedRun, toRunRequest } from "./request.ts";
import type { PreparedBacktest, WantedSeries } from "./run/mod.ts";
import type { Backtest, CreateBacktest } from "./schema.ts";
import * as store from "./store.ts";
import { type PinnedCandles, type StoredPlan, toBacktest } from "./views.ts";

/** Pins strategy and candles and queues the run. */
export async function createBacktest(ctx: Ctx, body: CreateBacktest): Promise<Backtest> {
  requireActor(ctx, "backtest:run");
  const strategy = await pinStrategy(ctx, body.strategy_id);
  const plan = await pinPlan(ctx, planBacktest(body), strategy);
  const spec = {
    scope: "backtest:run",
    action: "backtest.create",
    kind: "backtest",
    replay: findOwn,
  } as const;
  const row = await write(ctx, spec, async (tx, actor) => {
    const { clock, ids } = ctx;
    const owned = await newOwnedColumns(tx, { clock, ids, ownerId: actor.userId }, "backtest");
    const jobId = await enqueueJob(ctx, tx, {
      kind: backtestJob,
      payload: { backtest_id: owned.id, rows: countRows(plan) },
      ownerId: actor.userId,
      priority: body.priority,
      resourceKind: "backtest",
      resourceId: owned.id,
    });
    await store.insertBacktest(tx, { ...newRow(body, strategy, plan), ...owned, job_id: jobId });
    await pinSeries(tx, { kind: "backtest", id: owned.id }, plan.candles);
    return {
      resourceId: owned.id,
      after: { strategy_id: strategy.strategyId, symbols: plan.pairs, job_id: jobId },
      event: { type: "backtest.created", data: { job_id: jobId } },
      answer: await findOwn(ctx, owned.id, tx),
    };
  });
  await wakeJob(ctx, row.job_id);
  return toBacktest(row, undefined);
}

/** Candles of what is traded itself. */
const TRADED: ReadonlySet<string> = new Set(["spot", "futures"]);

/** Everything a run will need, checked: symbols, settings, strategy, candles in the range. */
async function pinPlan(
  ctx: Ctx,
  wanted: BacktestPlan,
  strategy: PinnedStrategy,
): Promise<StoredPlan> {
  const found: ResolvedMarket[] = [];
  for (const symbol of wanted.symbols) {
    found.push(await resolveMarket(ctx, { ...refOf(wanted), symbol }));
  }
  const pairs = found.map(({ market }) => market.symbol);
  const known: PlannedRun = { ...wanted, pairs, markets: marketsOf(found) };
  const { wanted: series, settings: { timeframe } } = await prepare(known, strategy);
  const candles: PinnedCandles[] = [];
  const traded = new Map(found.map((each) => [each.market.symbol, each]));
  for (const each of series) {
    const { pinned, source } = await findCandles(ctx, wanted, each);
    candles.push(pinned);
    const isTraded = each.timeframe === timeframe && TRADED.has(each.candleType);
    if (isTraded && traded.has(each.pair)) traded.set(each.pair, source);
  }
  refuseEmptyRange(wanted, candles);
  // Rules are of the market that the candles are of, which may be another dataset's.
  const isMoved = found.some((each) =>
    traded.get(each.market.symbol)?.market.id !== each.market.id
  );
  const run = isMoved ? { ...known, markets: marketsOf([...traded.values()]) } : known;
  if (isMoved) await prepare(run, strategy);
  return { ...run, symbols: pairs, timeframe, strategyVersion: strategy.version, candles };
}

/** Compiler and engine load here, on first use: a start must not wait for them. */
async function prepare(run: PlannedRun, strategy: PinnedStrategy): Promise<PreparedBacktest> {
  const compile = await loadCompiler();
  const { prepareBacktest } = await import("./run/mod.ts");
  return prepareBacktest(toRunRequest(run, strategy), { compile });
}

function refOf({ exchange, dataset }: BacktestPlan) {
  return {
    ...(exchange === null ? {} : { exchange }),
    ...(dataset === null ? {} : { dataset }),
  };
}

function marketsOf(found: readonly ResolvedMarket[]): MarketsFile {
  return Object.fromEntries(found.map(({ market }) => [market.symbol, {
    precision: {
      ...(market.amount_step === null ? {} : { amount: Number(market.amount_step) }),
      ...(market.price_tick === null ? {} : { price: Number(market.price_tick) }),
    },
    limits: JSON.parse(market.limits),
    ...(market.maker_rate === null ? {} : { maker: Number(market.maker_rate) }),
    ...(market.taker_rate === null ? {} : { taker: Number(market.taker_rate) }),
    ...(market.contract_size === null ? {} : { contractSize: Number(market.contract_size) }),
    ...tiersOf(market.leverage_tiers),
  }]));
}

function tiersOf(text: string): Pick<MarketsFile[string], "leverage_tiers"> {
  const tiers = JSON.parse(text);
  return Array.isArray(tiers) && tiers.length > 0 ? { leverage_tiers: tiers } : {};
}

async function findCandles(
  ctx: Ctx,
  plan: BacktestPlan,
  { pair, timeframe, candleType }: WantedSeries,
): Promise<{ pinned: PinnedCandles; source: ResolvedMarket }> {
  const ref = { ...refOf(plan), symbol: pair, timeframe, candleType };
  const { dataset, market, manifest } = await findSeries(ctx, ref);
  const pinned = {
    pair,
    timeframe,
    candleType,
    manifestId: manifest.id,
    dataset: dataset.name,
    exchange: market.exchange,
    revision: manifest.revision,
    rows: manifest.candle_count,
    firstMs: manifest.first_ms,
    lastMs: manifest.last_ms,
  };
  return { pinned, source: { dataset, market } };
}

function refuseEmptyRange({ startMs, endMs }: BacktestPlan, candles: readonly PinnedCandles[]) {
  for (const { pair, timeframe, firstMs, lastMs } of candles) {
    if ((startMs ?? firstMs) <= lastMs && (endMs ?? lastMs) >= firstMs) continue;
    throw new AppError(
      "NO_CANDLES",
      `Cannot backtest "${pair}": its ${timeframe} candles go from ${toRfc3339(firstMs)} to ` +
        `${toRfc3339(lastMs)}, none is in the time range`,
    );
  }
}

function countRows({ candles }: StoredPlan): number {
  return candles.reduce((sum, { rows }) => sum + rows, 0);
}

async function findOwn(ctx: Ctx, id: string, tx: Db): Promise<store.BacktestRow> {
  const row = await store.findBacktest(tx, ctx, id);
  if (row === undefined) throw notFound("backtest");
  return row;
}

function newRow(body: CreateBacktest, strategy: PinnedStrategy, plan: StoredPlan) {
  return {
    strategy_id: strategy.strategyId,
    strategy_version_id: strategy.versionId,
    strategy_name: strategy.name,
    status: "pending" as const,
    request: JSON.stringify(body),
    plan: JSON.stringify(plan),
    summary: null,
    result_blob: null,
    result_hash: null,
    statistics_blob: null,
    plots_blob: null,
    report_blob: null,
    report_key: null,
    error: null,
    started_at: null,
    completed_at: null,
  };
}
