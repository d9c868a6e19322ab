import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { stream } from "hono/streaming";
import type { Env } from "../platform/http/env.ts";
import { CACHE_CONTROL, isKnown } from "../platform/http/etag.ts";
import { answerRendered } from "../platform/http/rendered.ts";
import { linkHeader } from "../platform/http/pages.ts";
import {
  createRouter,
  ctxOf,
  defineRoute,
  jsonAnswer,
  jsonBody,
  type Router,
} from "../platform/http/router.ts";
import { pageQuery } from "../platform/http/schemas.ts";
import {
  backtestDetailSchema,
  backtestPage,
  backtestParams,
  backtestSchema,
  createBacktestBody,
  listBacktestsQuery,
  tradePage,
} from "./schema.ts";
import type { DetailTexts } from "./detail_texts.ts";
import * as service from "./service.ts";
import { createBacktest } from "./submit.ts";

const tags = ["Backtests"];
const bytes = z.string().openapi({ format: "binary" });
const page = z.string().openapi({ example: "<!DOCTYPE html>…" });

const create = defineRoute({
  method: "post",
  path: "/api/v1/backtests",
  operationId: "createBacktest",
  scope: "backtest:run",
  heavy: "backtest",
  tags,
  summary: "Submit a backtest",
  description:
    "Pins the strategy's latest version and the candles as they are now, and queues the " +
    "run. A strategy that does not compile, a symbol or time range without candles, or an option " +
    "the engine cannot honour is refused here.",
  errors: [404, 409],
  request: { body: jsonBody(createBacktestBody) },
  responses: { 201: jsonAnswer(backtestSchema, "The queued backtest") },
});

const list = defineRoute({
  method: "get",
  path: "/api/v1/backtests",
  operationId: "listBacktests",
  scope: "read",
  tags,
  summary: "List backtests",
  description: "The caller's backtests in order of submission.",
  request: { query: listBacktestsQuery },
  responses: { 200: jsonAnswer(backtestPage, "A page of backtests") },
});

const get = defineRoute({
  method: "get",
  path: "/api/v1/backtests/{backtest_id}",
  operationId: "getBacktest",
  scope: "read",
  tags,
  summary: "Read a backtest",
  description: "State and progress; once completed also results and a thinned equity curve.",
  errors: [404],
  request: { params: backtestParams },
  responses: { 200: jsonAnswer(backtestDetailSchema, "The backtest") },
});

const remove = defineRoute({
  method: "delete",
  path: "/api/v1/backtests/{backtest_id}",
  operationId: "deleteBacktest",
  scope: "backtest:run",
  tags,
  summary: "Stop and remove a backtest",
  description: "Stops the run if it still goes and removes the row with its results.",
  errors: [404],
  request: { params: backtestParams },
  responses: { 204: { description: "It is gone" } },
});

const cancel = defineRoute({
  method: "post",
  path: "/api/v1/backtests/{backtest_id}/cancel",
  operationId: "cancelBacktest",
  scope: "backtest:run",
  tags,
  summary: "Stop a backtest and keep it",
  description: "A waiting run is cancelled at once, a running one at its next step.",
  errors: [404, 409],
  request: { params: backtestParams },
  responses: { 200: jsonAnswer(backtestSchema, "The backtest") },
});

const trades = defineRoute({
  method: "get",
  path: "/api/v1/backtests/{backtest_id}/trades",
  operationId: "listBacktestTrades",
  scope: "read",
  tags,
  summary: "List a backtest's trades",
  description: "Closed trades in closing order.",
  errors: [404, 409],
  request: { params: backtestParams, query: pageQuery },
  responses: { 200: jsonAnswer(tradePage, "A page of trades") },
});

const tradesCsv = defineRoute({
  method: "get",
  path: "/api/v1/backtests/{backtest_id}/trades.csv",
  operationId: "downloadBacktestTrades",
  scope: "read",
  tags,
  summary: "Download a backtest's trades as CSV",
  description: "RFC 4180 with a header; every trade, in closing order.",
  errors: [404, 409],
  request: { params: backtestParams },
  responses: { 200: { description: "Trades", content: { "text/csv": { schema: z.string() } } } },
});

const result = defineRoute({
  method: "get",
  path: "/api/v1/backtests/{backtest_id}/result",
  operationId: "downloadBacktestResult",
  scope: "read",
  tags,
  summary: "Download a backtest's packed result",
  description: "Trades, orders and every equity row as little-endian columns; their SHA-256 is " +
    "`result_hash`.",
  errors: [404, 409],
  request: { params: backtestParams },
  responses: {
    200: {
      description: "Packed columns",
      content: { "application/octet-stream": { schema: bytes } },
    },
  },
});

const plots = defineRoute({
  method: "get",
  path: "/api/v1/backtests/{backtest_id}/plots",
  operationId: "downloadBacktestPlots",
  scope: "read",
  tags,
  summary: "Download the columns that plot_config names",
  description: "One table a pair, packed as the result is.",
  errors: [404, 409],
  request: { params: backtestParams },
  responses: {
    200: {
      description: "Packed columns",
      content: { "application/octet-stream": { schema: bytes } },
    },
  },
});

const report = defineRoute({
  method: "get",
  path: "/api/v1/backtests/{backtest_id}/report",
  operationId: "getBacktestReport",
  scope: "read",
  heavy: "compute",
  tags,
  summary: "Read the report as a page",
  description:
    "One HTML page of at most 3 MB that needs no network: candles with plots and trades, " +
    "equity, drawdown and every table. Long runs are drawn in buckets. It is made once and kept; " +
    "`If-None-Match` with its `ETag` answers 304.",
  errors: [404, 409],
  request: { params: backtestParams },
  responses: {
    200: { description: "The page", content: { "text/html": { schema: page } } },
    304: { description: "As before: `If-None-Match` names the answer's `ETag`" },
  },
});

export function backtestRoutes(details: DetailTexts): Router {
  const router = createRouter();
  router.openapi(create, async (c) => {
    const backtest = await createBacktest(ctxOf(c), c.req.valid("json"));
    return c.json(backtest, 201, { Location: `/api/v1/backtests/${backtest.id}` });
  });
  router.openapi(list, async (c) => {
    const page = await service.listBacktests(ctxOf(c), c.req.valid("query"));
    return c.json(page, 200, linkHeader(c.req.url, page));
  });
  router.openapi(get, async (c) => {
    const { backtest_id } = c.req.valid("param");
    return answerRendered(c, await service.renderBacktest(ctxOf(c), backtest_id, details));
  });
  router.openapi(remove, async (c) => {
    await service.deleteBacktest(ctxOf(c), c.req.valid("param").backtest_id);
    return c.body(null, 204);
  });
  router.openapi(
    cancel,
    async (c) =>
      c.json(await service.cancelBacktest(ctxOf(c), c.req.valid("param").backtest_id), 200),
  );
  router.openapi(trades, async (c) => {
    const { backtest_id } = c.req.valid("param");
    const page = await service.listBacktestTrades(ctxOf(c), backtest_id, c.req.valid("query"));
    return c.json(page, 200, linkHeader(c.req.url, page));
  });
  addDownloads(router);
  addReport(router);
  return router;
}

function addDownloads(router: Router): void {
  router.openapi(tradesCsv, async (c) => {
    const { backtest_id } = c.req.valid("param");
    const lines = await service.readTradesCsv(ctxOf(c), backtest_id);
    c.header("Content-Type", "text/csv; charset=utf-8");
    c.header("Content-Disposition", `attachment; filename="trades-${backtest_id}.csv"`);
    return stream(c, async (out) => {
      for (const line of lines) await out.write(line);
    });
  });
  router.openapi(result, async (c) => {
    const { backtest_id } = c.req.valid("param");
    return toBytes(c, await service.readResultBytes(ctxOf(c), backtest_id, "result_blob"));
  });
  router.openapi(plots, async (c) => {
    const { backtest_id } = c.req.valid("param");
    return toBytes(c, await service.readResultBytes(ctxOf(c), backtest_id, "plots_blob"));
  });
}

/** The page is allowed its own style and program, and nothing else. */
function addReport(router: Router): void {
  const queue = service.createReportQueue();
  let policy: Promise<string> | null = null;
  router.openapi(report, async (c) => {
    const ctx = ctxOf(c);
    policy ??= import("./report/mod.ts").then(({ reportPolicy }) => reportPolicy());
    const reports = await service.loadReports();
    const ref = await reports.findReport(ctx, c.req.valid("param").backtest_id, await policy);
    const headers = {
      "Content-Security-Policy": await policy,
      "Cache-Control": CACHE_CONTROL,
      ETag: `"${ref.key.slice(0, 32)}"`,
    };
    if (isKnown(c.req.header("if-none-match"), headers.ETag)) return c.body(null, 304, headers);
    // Whoever waited for the same page finds it made.
    const html = await reports.readKeptReport(ctx, ref) ??
      await queue.run(async () =>
        await reports.readKeptReport(ctx, ref) ?? await reports.makeReport(ctx, ref)
      );
    return c.body(html, 200, { ...headers, "Content-Type": "text/html; charset=utf-8" });
  });
}

function toBytes(c: Context<Env>, data: Uint8Array<ArrayBuffer>) {
  return c.body(data, 200, { "Content-Type": "application/octet-stream" });
}
