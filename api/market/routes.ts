/** Datasets, imports, symbols, coverage, klines and tickers over HTTP. */

import { z } from "@hono/zod-openapi";
import { AppError } from "../platform/errors.ts";
import { countBytes } from "../platform/http/body_limit.ts";
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
import { idParam, pageQuery } from "../platform/http/schemas.ts";
import { encodeBlock } from "./candles/blocks.ts";
import { addExportRoutes } from "./export_routes.ts";
import type { KlineTexts } from "./kline_texts.ts";
import * as schema from "./schema.ts";
import * as service from "./service.ts";

const tags = ["Market data"];
const datasetParam = idParam("dataset_id");
const csv = z.string().openapi({
  format: "binary",
  example: "timestamp,open,high,low,close,volume\n1704067200000,42280,42310,42200,42255.5,12.5\n",
});

const createDataset = defineRoute({
  method: "post",
  path: "/api/v1/market/datasets",
  operationId: "createDataset",
  scope: "backtest:run",
  tags,
  summary: "Create a dataset",
  description: "An empty dataset of your own, for imports. Its name is unique among yours.",
  request: { body: jsonBody(schema.datasetCreateSchema) },
  responses: { 201: jsonAnswer(schema.datasetSchema, "The dataset") },
  errors: [409],
});

const listDatasets = defineRoute({
  method: "get",
  path: "/api/v1/market/datasets",
  operationId: "listDatasets",
  scope: "read",
  tags,
  summary: "List datasets",
  description: "Your own datasets and the shared `venue`, oldest first.",
  request: { query: pageQuery },
  responses: { 200: jsonAnswer(schema.datasetPage, "A page of datasets") },
});

const getDataset = defineRoute({
  method: "get",
  path: "/api/v1/market/datasets/{dataset_id}",
  operationId: "getDataset",
  scope: "read",
  tags,
  summary: "Show a dataset",
  description: "One of your own datasets, or the shared `venue`.",
  request: { params: datasetParam },
  responses: { 200: jsonAnswer(schema.datasetSchema, "The dataset") },
  errors: [404],
});

const deleteDataset = defineRoute({
  method: "delete",
  path: "/api/v1/market/datasets/{dataset_id}",
  operationId: "deleteDataset",
  scope: "backtest:run",
  tags,
  summary: "Delete a dataset",
  description: "Deletes one of your datasets with its candles; 409 while results use them.",
  request: { params: datasetParam },
  responses: { 204: { description: "It is gone" } },
  errors: [404, 409],
});

const importCandles = defineRoute({
  method: "post",
  path: "/api/v1/market/datasets/{dataset_id}/imports",
  operationId: "importCandles",
  scope: "backtest:run",
  heavy: "import",
  tags,
  summary: "Import a candle file",
  description:
    "The body is the file itself, up to 512 MB: CSV, JSON (a list of lists), feather or parquet, " +
    "also in gzip or a zip archive of one file. Its content tells which. Candles merge with those that are there; an import is repeatable and reports " +
    "inserted, replaced, duplicate and rejected rows and the series' gaps. A file that cannot be " +
    "read, ends early or holds only bad rows changes nothing.",
  body: "import",
  request: {
    params: datasetParam,
    query: schema.importQuery,
    body: {
      required: true,
      content: {
        "text/csv": { schema: csv },
        "application/gzip": { schema: csv },
        "application/zip": { schema: csv },
        "application/vnd.apache.arrow.file": { schema: csv },
        "application/vnd.apache.parquet": { schema: csv },
        "application/octet-stream": { schema: csv },
      },
    },
  },
  responses: { 201: jsonAnswer(schema.importSchema, "What the import did") },
  errors: [404, 409],
});

const listImports = defineRoute({
  method: "get",
  path: "/api/v1/market/datasets/{dataset_id}/imports",
  operationId: "listImports",
  scope: "read",
  tags,
  summary: "List imports",
  description: "Your own imports into a dataset, the latest first.",
  request: { params: datasetParam, query: pageQuery },
  responses: { 200: jsonAnswer(schema.importPage, "A page of imports") },
  errors: [404],
});

const getImport = defineRoute({
  method: "get",
  path: "/api/v1/market/imports/{import_id}",
  operationId: "getImport",
  scope: "read",
  tags,
  summary: "Show an import",
  description: "What one of your imports did.",
  request: { params: idParam("import_id") },
  responses: { 200: jsonAnswer(schema.importSchema, "What the import did") },
  errors: [404],
});

const putMarkets = defineRoute({
  method: "put",
  path: "/api/v1/market/datasets/{dataset_id}/markets",
  operationId: "putMarkets",
  scope: "backtest:run",
  tags,
  summary: "Set market rules",
  description:
    "Rules by symbol, named as freqtrade and ccxt name them: precision (steps), limits, " +
    "maker, taker, contractSize, leverage_tiers. Symbols left out stay as they are.",
  request: {
    params: datasetParam,
    query: z.object({ exchange: schema.importQuery.shape.exchange }),
    body: jsonBody(schema.marketsFileSchema),
  },
  responses: {
    200: jsonAnswer(z.object({ updated: z.number().int() }).openapi("MarketsUpdated"), "How many"),
  },
  errors: [404],
});

const listSymbols = defineRoute({
  method: "get",
  path: "/api/v1/market/symbols",
  operationId: "listSymbols",
  scope: "read",
  tags,
  summary: "List symbols",
  description: "The markets of your datasets and of the shared `venue`, with their rules.",
  request: { query: schema.symbolQuery },
  responses: { 200: jsonAnswer(schema.symbolPage, "A page of symbols") },
  errors: [404],
});

const listCoverage = defineRoute({
  method: "get",
  path: "/api/v1/market/coverage",
  operationId: "listCoverage",
  scope: "read",
  tags,
  summary: "List which candles there are",
  description: "Every series you may read: its range, revision and gaps.",
  request: { query: schema.coverageQuery },
  responses: { 200: jsonAnswer(schema.coveragePage, "A page of series") },
  errors: [404],
});

const getKlines = defineRoute({
  method: "get",
  path: "/api/v1/market/klines/{symbol}",
  operationId: "getKlines",
  scope: "read",
  tags,
  summary: "Get candles",
  description:
    "The latest candles, or those from `start` on. An interval that is not stored is made " +
    "from a shorter one. With `Accept: application/octet-stream` the answer is one block: a header " +
    "of 64 bytes and the columns time, open, high, low, close, volume as little-endian f64.",
  request: { params: schema.symbolParam, query: schema.klinesQuery },
  responses: {
    200: {
      description: "Candles, oldest first",
      content: {
        "application/json": { schema: schema.klinesSchema },
        "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) },
      },
    },
  },
  errors: [404],
});

const getTicker = defineRoute({
  method: "get",
  path: "/api/v1/market/ticker/{symbol}",
  operationId: "getTicker",
  scope: "read",
  tags,
  summary: "Get the last price",
  description: "The close of the latest stored candle and the time it closed.",
  request: { params: schema.symbolParam, query: schema.tickerQuery },
  responses: { 200: jsonAnswer(schema.tickerSchema, "The last price") },
  errors: [404],
});

export function marketRoutes(klineTexts: KlineTexts): Router {
  const router = createRouter();
  addDatasetRoutes(router);
  addImportRoutes(router);
  addReadRoutes(router, klineTexts);
  addExportRoutes(router);
  return router;
}

function addDatasetRoutes(router: Router): void {
  router.openapi(createDataset, async (c) => {
    const dataset = await service.createDataset(ctxOf(c), c.req.valid("json"));
    c.header("Location", `/api/v1/market/datasets/${dataset.id}`);
    return c.json(dataset, 201);
  });
  router.openapi(listDatasets, async (c) => {
    const page = await service.listDatasets(ctxOf(c), c.req.valid("query"));
    return c.json(page, 200, linkHeader(c.req.url, page));
  });
  router.openapi(getDataset, async (c) => {
    const { dataset_id } = c.req.valid("param");
    return c.json(await service.getDataset(ctxOf(c), dataset_id), 200);
  });
  router.openapi(deleteDataset, async (c) => {
    await service.deleteDataset(ctxOf(c), c.req.valid("param").dataset_id);
    return c.body(null, 204);
  });
}

function addImportRoutes(router: Router): void {
  router.openapi(importCandles, async (c) => {
    const ctx = ctxOf(c);
    const { body } = c.req.raw;
    if (body === null) throw new AppError("BAD_REQUEST", "Cannot import: the body is empty");
    const { filename, candle_type, asset_type, ...rest } = c.req.valid("query");
    const report = await service.importCandles(ctx, {
      ...rest,
      dataset: c.req.valid("param").dataset_id,
      fileName: filename,
      candleType: candle_type,
      assetType: asset_type,
      stream: body.pipeThrough(countBytes(ctx.settings.IMPORT_BYTES_MAX)),
    });
    c.header("Location", `/api/v1/market/imports/${report.id}`);
    return c.json(report, 201);
  });
  router.openapi(listImports, async (c) => {
    const { dataset_id } = c.req.valid("param");
    const page = await service.listImports(ctxOf(c), dataset_id, c.req.valid("query"));
    return c.json(page, 200, linkHeader(c.req.url, page));
  });
  router.openapi(getImport, async (c) => {
    const { import_id } = c.req.valid("param");
    return c.json(await service.getImport(ctxOf(c), import_id), 200);
  });
  router.openapi(putMarkets, async (c) => {
    const dataset = c.req.valid("param").dataset_id;
    const { exchange } = c.req.valid("query");
    const markets = c.req.valid("json");
    return c.json(await service.importMarkets(ctxOf(c), { dataset, exchange, markets }), 200);
  });
}

function addReadRoutes(router: Router, klineTexts: KlineTexts): void {
  router.openapi(listSymbols, async (c) => {
    const { dataset, exchange, quote, ...query } = c.req.valid("query");
    const page = await service.listSymbols(ctxOf(c), { dataset, exchange, quote }, query);
    return c.json(page, 200, linkHeader(c.req.url, page));
  });
  router.openapi(listCoverage, async (c) => {
    const { dataset, exchange, symbol, ...query } = c.req.valid("query");
    const page = await service.listCoverage(ctxOf(c), { dataset, exchange, symbol }, query);
    return c.json(page, 200, linkHeader(c.req.url, page));
  });
  router.openapi(getKlines, async (c) => {
    const { symbol } = c.req.valid("param");
    const { candle_type, ...query } = c.req.valid("query");
    const input = { ...query, symbol, candleType: candle_type };
    c.header("Vary", "Accept");
    if (c.req.header("accept")?.includes("application/octet-stream")) {
      const klines = await service.getKlines(ctxOf(c), input);
      const { dataset, market } = klines.found;
      c.header("X-Candles-Market", market.symbol);
      c.header("X-Candles-Dataset", dataset.name);
      return c.body(encodeBlock(klines.candles), 200, {
        "Content-Type": "application/octet-stream",
      });
    }
    return answerRendered(c, await service.renderKlines(ctxOf(c), input, klineTexts));
  });
  router.openapi(getTicker, async (c) => {
    const { symbol } = c.req.valid("param");
    const ticker = await service.getTicker(ctxOf(c), { ...c.req.valid("query"), symbol });
    const { dataset, market } = ticker.found;
    return c.json({
      symbol,
      price: ticker.price,
      timestamp: ticker.timestamp,
      market: market.symbol,
      exchange: market.exchange,
      dataset: dataset.name,
      source: market.source,
    }, 200);
  });
}
