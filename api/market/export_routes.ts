/** A series as a file over HTTP. */

import { z } from "@hono/zod-openapi";
import { ctxOf, defineRoute, type Router } from "../platform/http/router.ts";
import type { ExportFormat } from "./files/candle_file.ts";
import * as schema from "./schema.ts";
import * as service from "./service.ts";

const CONTENT_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: "text/csv; charset=utf-8",
  feather: "application/vnd.apache.arrow.file",
};

const exportCandles = defineRoute({
  method: "get",
  path: "/api/v1/market/export/{symbol}",
  operationId: "exportCandles",
  scope: "read",
  tags: ["Market data"],
  summary: "Export candles as a file",
  description:
    "A stored series, or a range of it, streamed as CSV that an import reads back bit by bit, or as " +
    "a feather file that pandas and freqtrade read. The answer proposes the name that freqtrade " +
    "looks for.",
  request: { params: schema.symbolParam, query: schema.exportQuery },
  responses: {
    200: {
      description: "The file",
      content: {
        "text/csv": { schema: z.string() },
        "application/vnd.apache.arrow.file": { schema: z.string().openapi({ format: "binary" }) },
      },
    },
  },
  errors: [404],
});

export function addExportRoutes(router: Router): void {
  router.openapi(exportCandles, async (c) => {
    const { symbol } = c.req.valid("param");
    const { format, start, end, candle_type: candleType, ...ref } = c.req.valid("query");
    const { found, fileName, pieces } = await service.exportCandles(
      ctxOf(c),
      { ...ref, symbol, candleType },
      { format, range: { start, stop: end } },
    );
    return c.body(ReadableStream.from(pieces), 200, {
      "Content-Type": CONTENT_TYPES[format],
      "Content-Disposition": `attachment; filename="${fileName}"`,
      "X-Candles-Market": found.market.symbol,
      "X-Candles-Dataset": found.dataset.name,
    });
  });
}
