/** The verb that brings candles in, from any door. */

import { type Ctx, requireActor } from "../platform/context.ts";
import { AppError, invalidField } from "../platform/errors.ts";
import { withContent } from "../platform/http/idempotency.ts";
import { toPage } from "../platform/http/pages.ts";
import type { Page, PageQuery } from "../platform/http/schemas.ts";
import type { CandleType } from "./candles/columns.ts";
import { type AssetType, type PairParts, parsePair, splitSymbol } from "./candles/pair.ts";
import { findWritableDataset, getDataset } from "./datasets.ts";
import type { CandleFileOptions, CandleFormat } from "./files/candle_file.ts";
import { describeFileName } from "./files/file_name.ts";
import { type MergeTarget, mergeUpload, readImport } from "./merge_upload.ts";
import type { ImportReport } from "./schema.ts";
import { type StagedUpload, stageUpload } from "./staging.ts";
import * as store from "./store.ts";

export interface CandleImport {
  /** Id or name. */
  readonly dataset: string;
  readonly fileName: string;
  readonly stream: ReadableStream<Uint8Array>;
  readonly format?: CandleFormat;
  /** Any spelling; without it the file's name tells. */
  readonly symbol?: string;
  readonly exchange?: string;
  readonly timeframe?: string;
  readonly candleType?: CandleType;
  readonly assetType?: AssetType;
}

/**
 * Merges a candle file into a series of a dataset the caller may write. Readers see the old
 * candles until the last moment and then all new ones; a file that fails changes nothing.
 */
export async function importCandles(ctx: Ctx, input: CandleImport): Promise<ImportReport> {
  const { fileName, stream } = input;
  const { dataset, target, reader } = await prepareImport(ctx, input).catch(async (err) => {
    await stream.cancel(err);
    throw err;
  });
  const upload = await stageUpload(ctx, stream, reader);
  if (upload.report.accepted === 0) throw nothingAccepted(fileName, upload);
  const { idempotency } = ctx;
  const { bodyHash } = upload;
  const request = idempotency && bodyHash ? withContent(idempotency, bodyHash) : null;
  return await mergeUpload({ ...ctx, idempotency: request }, {
    ...{ dataset, fileName, target, upload },
  });
}

/** One of the caller's own imports. */
export async function getImport(ctx: Ctx, id: string): Promise<ImportReport> {
  requireActor(ctx, "read");
  return await readImport(ctx, id, ctx.db);
}

/** Lists the caller's own imports into a dataset, the latest first. */
export async function listImports(
  ctx: Ctx,
  datasetId: string,
  page: PageQuery,
): Promise<Page<ImportReport>> {
  const { userId } = requireActor(ctx, "read");
  const { id } = await getDataset(ctx, datasetId);
  const { rows, total } = await store.listImports(ctx.db, userId, id, page);
  return toPage(rows.map((row) => JSON.parse(row.report) as ImportReport), total, page);
}

/** What can be refused before a byte is read. */
async function prepareImport(ctx: Ctx, input: CandleImport) {
  const dataset = await findWritableDataset(ctx, ctx.db, input.dataset);
  return { dataset, ...describeTarget(ctx, input) };
}

function describeTarget(
  ctx: Ctx,
  input: CandleImport,
): { target: MergeTarget; reader: CandleFileOptions } {
  const facts = describeFileName(input.fileName);
  const pair = findPair(input.symbol ?? facts.pair);
  const byPair = pair.settle ? "futures" : "spot";
  const named = input.symbol === undefined ? facts.candleType : undefined;
  const candleType = input.candleType ?? named ?? byPair;
  const { fileName, format, timeframe } = input;
  const target = {
    // A derivative's symbol names its settle currency; files often leave it out.
    pair: candleType !== "spot" && !pair.settle ? { ...pair, settle: pair.quote } : pair,
    exchange: input.exchange ?? facts.exchange ?? ctx.settings.DEFAULT_EXCHANGE,
    assetType: input.assetType ?? facts.assetType,
    source: "import",
  };
  return { target, reader: { fileName, format, timeframe, candleType } };
}

function findPair(symbol: string | undefined): PairParts {
  if (symbol === undefined) {
    throw invalidField(["query", "symbol"], "Name the symbol: the file's name does not tell it");
  }
  const upper = symbol.toUpperCase();
  const [base = "", quote = "", settle] = upper.split("_");
  const pair = parsePair(upper) ?? (quote ? { base, quote, settle } : splitSymbol(upper));
  if (!pair) throw invalidField(["query", "symbol"], "Expected BASE/QUOTE or BASE/QUOTE:SETTLE");
  return pair;
}

function nothingAccepted(fileName: string, { report }: StagedUpload): AppError {
  const { count, reasons, rows } = report.bad;
  const why = Object.entries(reasons).map(([reason, rows]) => `${rows} ${reason}`).join(", ");
  return new AppError(
    "CANDLES_REFUSED",
    `Cannot import "${fileName}": none of its ${count} rows is a candle (${why || "no rows"})`,
    { details: { rejected: count, rejected_reasons: reasons, rejected_rows: rows } },
  );
}
