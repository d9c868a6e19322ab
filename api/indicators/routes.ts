import { z } from "@hono/zod-openapi";
import {
  createRouter,
  ctxOf,
  defineRoute,
  jsonAnswer,
  jsonBody,
  type Router,
} from "../platform/http/router.ts";
import { createIndicators } from "./core.ts";
import { computeBody, computedSchema, indicatorList, listIndicatorsQuery } from "./schema.ts";

const tags = ["Indicators"];

const list = defineRoute({
  method: "get",
  path: "/api/v1/indicators",
  operationId: "listIndicators",
  scope: "read",
  tags,
  summary: "List indicators",
  description: "Every function the core computes: inputs, parameters with default and range, " +
    "outputs, lookback and meaning.",
  request: { query: listIndicatorsQuery },
  responses: { 200: jsonAnswer(indicatorList, "The registry") },
});

const computeRoute = defineRoute({
  method: "post",
  path: "/api/v1/indicators/compute",
  operationId: "computeIndicator",
  scope: "read",
  heavy: "compute",
  tags,
  summary: "Compute an indicator",
  description: "Over a symbol's candles, or over columns sent along. With `Accept: " +
    "application/octet-stream` the answer is the columns one after another as little-endian " +
    "doubles, their names in `X-Columns` and their length in `X-Rows`.",
  errors: [404],
  request: { body: jsonBody(computeBody) },
  responses: {
    200: {
      description: "The columns",
      content: {
        "application/json": { schema: computedSchema },
        "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) },
      },
    },
  },
});

export function indicatorRoutes(): Router {
  const router = createRouter();
  const indicators = createIndicators();
  router.openapi(list, async (c) => {
    const { listIndicators } = await import("./service.ts");
    const items = listIndicators(ctxOf(c), c.req.valid("query"));
    return c.json({ items, total: items.length }, 200);
  });
  router.openapi(computeRoute, async (c) => {
    const { compute, toBytes, toComputed } = await import("./service.ts");
    const computed = await compute(ctxOf(c), indicators, c.req.valid("json"));
    if (!(c.req.header("accept") ?? "").includes("application/octet-stream")) {
      return c.json(toComputed(computed), 200);
    }
    const names = [...(computed.time === null ? [] : ["time"]), ...Object.keys(computed.outputs)];
    return c.body(toBytes(computed), 200, {
      "Content-Type": "application/octet-stream",
      "X-Columns": names.join(","),
      "X-Rows": String(computed.rows),
    });
  });
  return router;
}
