import {
  createRouter,
  ctxOf,
  defineRoute,
  jsonAnswer,
  jsonBody,
  type Router,
} from "../platform/http/router.ts";
import { linkHeader } from "../platform/http/pages.ts";
import { pageQuery } from "../platform/http/schemas.ts";
import { parseIfMatch } from "../platform/http/if_match.ts";
import {
  analysisQuery,
  analysisSchema,
  analyzeBody,
  createStrategyBody,
  listStrategiesQuery,
  strategyPage,
  strategyParams,
  strategySchema,
  updateStrategyBody,
  versionDetailSchema,
  versionPage,
  versionParams,
} from "./schema.ts";
import * as service from "./service.ts";
import type { VersionTexts } from "./version_texts.ts";

const tags = ["Strategies"];

const create = defineRoute({
  method: "post",
  path: "/api/v1/strategies",
  operationId: "createStrategy",
  scope: "strategy:write",
  body: "strategy",
  tags,
  summary: "Store a strategy",
  description:
    "Stores the text of a freqtrade `IStrategy` class as version 1. Any text is stored; " +
    "`GET …/analysis` says whether it compiles. The name is unique among the caller's strategies.",
  errors: [409],
  request: { body: jsonBody(createStrategyBody) },
  responses: { 201: jsonAnswer(strategySchema, "The stored strategy") },
});

const list = defineRoute({
  method: "get",
  path: "/api/v1/strategies",
  operationId: "listStrategies",
  scope: "read",
  tags,
  summary: "List strategies",
  description:
    "The caller's strategies in order of creation, without their texts unless asked for.",
  request: { query: listStrategiesQuery },
  responses: { 200: jsonAnswer(strategyPage, "A page of strategies") },
});

const get = defineRoute({
  method: "get",
  path: "/api/v1/strategies/{strategy_id}",
  operationId: "getStrategy",
  scope: "read",
  tags,
  summary: "Read a strategy",
  description: "The strategy with the text of its latest version, byte for byte as it was stored.",
  errors: [404],
  request: { params: strategyParams },
  responses: { 200: jsonAnswer(strategySchema, "The strategy") },
});

function update(method: "patch" | "put") {
  return defineRoute({
    method,
    path: "/api/v1/strategies/{strategy_id}",
    operationId: method === "patch" ? "updateStrategy" : "replaceStrategy",
    scope: "strategy:write",
    body: "strategy",
    tags,
    summary: method === "patch" ? "Change a strategy" : "Replace a strategy",
    description:
      "Another text becomes a new immutable version; backtests keep the one they pinned. " +
      "`If-Match` with the version in quotes refuses a lost update.",
    errors: [404, 409, 412],
    request: {
      params: strategyParams,
      body: jsonBody(method === "patch" ? updateStrategyBody : createStrategyBody),
    },
    responses: { 200: jsonAnswer(strategySchema, "The changed strategy") },
  });
}

const patch = update("patch");
const put = update("put");

const remove = defineRoute({
  method: "delete",
  path: "/api/v1/strategies/{strategy_id}",
  operationId: "deleteStrategy",
  scope: "strategy:write",
  tags,
  summary: "Delete a strategy",
  description: "Removes the strategy and frees its name. Finished backtests keep their results.",
  errors: [404],
  request: { params: strategyParams },
  responses: { 204: { description: "It is gone" } },
});

const versions = defineRoute({
  method: "get",
  path: "/api/v1/strategies/{strategy_id}/versions",
  operationId: "listStrategyVersions",
  scope: "read",
  tags,
  summary: "List a strategy's versions",
  description: "Every version of the text, oldest first.",
  errors: [404],
  request: { params: strategyParams, query: pageQuery },
  responses: { 200: jsonAnswer(versionPage, "A page of versions") },
});

const version = defineRoute({
  method: "get",
  path: "/api/v1/strategies/{strategy_id}/versions/{version}",
  operationId: "getStrategyVersion",
  scope: "read",
  tags,
  summary: "Read one version of a strategy",
  description: "The text of that version, byte for byte.",
  errors: [404],
  request: { params: versionParams },
  responses: { 200: jsonAnswer(versionDetailSchema, "The version") },
});

const analysis = defineRoute({
  method: "get",
  path: "/api/v1/strategies/{strategy_id}/analysis",
  operationId: "getStrategyAnalysis",
  scope: "read",
  tags,
  summary: "Analyse a stored strategy",
  description: "Per class: accepted or refused with line, column, code, message and hint; its " +
    "parameters, callbacks and indicators; warnings such as look-ahead.",
  errors: [404],
  request: { params: strategyParams, query: analysisQuery },
  responses: { 200: jsonAnswer(analysisSchema, "The analysis") },
});

const analyze = defineRoute({
  method: "post",
  path: "/api/v1/strategies/analyze",
  operationId: "analyzeStrategy",
  scope: "read",
  heavy: "compute",
  body: "strategy",
  tags,
  summary: "Analyse a text without storing it",
  description: "The same analysis as that of a stored strategy.",
  request: { body: jsonBody(analyzeBody) },
  responses: { 200: jsonAnswer(analysisSchema, "The analysis") },
});

export function strategyRoutes(texts: VersionTexts): Router {
  const router = createRouter();
  router.openapi(
    analyze,
    async (c) => c.json(await service.analyzeStrategyText(ctxOf(c), c.req.valid("json").code), 200),
  );
  router.openapi(create, async (c) => {
    const strategy = await service.createStrategy(ctxOf(c), c.req.valid("json"));
    return c.json(strategy, 201, { Location: `/api/v1/strategies/${strategy.id}` });
  });
  router.openapi(list, async (c) => {
    const page = await service.listStrategies(ctxOf(c), c.req.valid("query"));
    return c.json(page, 200, linkHeader(c.req.url, page));
  });
  router.openapi(get, async (c) => {
    const { strategy_id } = c.req.valid("param");
    const strategy = await service.getStrategy(ctxOf(c), strategy_id, texts);
    return c.json(strategy, 200, { ETag: `"${strategy.version}"` });
  });
  for (const route of [patch, put]) {
    router.openapi(route, async (c) => {
      const ifVersion = parseIfMatch(c.req.header("if-match"));
      const { strategy_id } = c.req.valid("param");
      const strategy = await service.updateStrategy(ctxOf(c), strategy_id, c.req.valid("json"), {
        ifVersion,
      });
      return c.json(strategy, 200, { ETag: `"${strategy.version}"` });
    });
  }
  router.openapi(remove, async (c) => {
    await service.deleteStrategy(ctxOf(c), c.req.valid("param").strategy_id);
    return c.body(null, 204);
  });
  router.openapi(versions, async (c) => {
    const { strategy_id } = c.req.valid("param");
    const page = await service.listStrategyVersions(ctxOf(c), strategy_id, c.req.valid("query"));
    return c.json(page, 200, linkHeader(c.req.url, page));
  });
  router.openapi(version, async (c) => {
    const { strategy_id, version: number } = c.req.valid("param");
    return c.json(await service.getStrategyVersion(ctxOf(c), strategy_id, number), 200);
  });
  router.openapi(analysis, async (c) => {
    const { strategy_id } = c.req.valid("param");
    const { version: number } = c.req.valid("query");
    return c.json(await service.analyzeStrategy(ctxOf(c), strategy_id, number), 200);
  });
  return router;
}
