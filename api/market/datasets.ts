/** Datasets: whose candles are whose. */

import { type Ctx, requireActor, SYSTEM_USER_ID } from "../platform/context.ts";
import { toRfc3339 } from "../platform/clock.ts";
import type { Db } from "../platform/database/open.ts";
import { isUniqueViolation, newOwnedColumns } from "../platform/database/rows.ts";
import { AppError, notFound } from "../platform/errors.ts";
import { toPage } from "../platform/http/pages.ts";
import type { Page, PageQuery } from "../platform/http/schemas.ts";
import { write } from "../platform/write.ts";
import { countPins } from "./candle_store.ts";
import * as store from "./store.ts";
import type { DatasetRow } from "./store.ts";

/** The shared dataset; made by the migration. */
export const VENUE_DATASET = "venue";

export interface Dataset {
  readonly id: string;
  readonly name: string;
  readonly shared: boolean;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Creates an empty dataset the caller owns. */
export async function createDataset(ctx: Ctx, input: { name: string }): Promise<Dataset> {
  const { name } = input;
  if (name === VENUE_DATASET) throw nameTaken(name);
  const spec = {
    scope: "backtest:run",
    action: "dataset.create",
    kind: "dataset",
    replay: (ctx: Ctx, id: string, tx: Db) => readDataset(ctx, tx, id),
  } as const;
  return await write(ctx, spec, async (tx, actor) => {
    const row = {
      ...await newOwnedColumns(tx, { ...ctx, ownerId: actor.userId }, "dataset"),
      name,
    };
    try {
      await store.insertDataset(tx, row);
    } catch (err) {
      throw isUniqueViolation(err, "datasets.name") ? nameTaken(name, err) : err;
    }
    const event = { type: "dataset.created", data: { name } };
    return { resourceId: row.id, after: { name }, event, answer: toDataset(row) };
  });
}

/** Lists the datasets the caller may read. */
export async function listDatasets(ctx: Ctx, page: PageQuery): Promise<Page<Dataset>> {
  const { userId } = requireActor(ctx, "read");
  const { rows, total } = await store.listDatasets(ctx.db, userId, page);
  return toPage(rows.map(toDataset), total, page);
}

export async function getDataset(ctx: Ctx, id: string): Promise<Dataset> {
  requireActor(ctx, "read");
  return await readDataset(ctx, ctx.db, id);
}

/** Deletes a dataset with its candles, unless a result still pins them. */
export async function deleteDataset(ctx: Ctx, id: string): Promise<void> {
  const spec = { scope: "backtest:run", action: "dataset.delete", kind: "dataset" } as const;
  await write(ctx, spec, async (tx, actor) => {
    const row = await store.findDataset(tx, actor.userId, id);
    if (!row) throw notFound("dataset");
    if (row.owner_id !== actor.userId || row.name === VENUE_DATASET) throw notYours(row.name);
    const pins = await countPins(tx, row.id);
    if (pins > 0) {
      throw new AppError(
        "CONFLICT",
        `Cannot delete dataset "${row.name}": ${pins} results use its candles`,
      );
    }
    await store.deleteDataset(tx, row.id);
    const event = { type: "dataset.deleted", data: { name: row.name } };
    return { resourceId: row.id, before: { name: row.name }, event, answer: undefined };
  });
}

/** A dataset the caller may write: an own one, or the shared one for admins and commands. */
export async function findWritableDataset(
  ctx: Ctx,
  db: Db,
  idOrName: string,
): Promise<DatasetRow> {
  const { userId, scopes } = requireActor(ctx, "backtest:run");
  const row = await store.findDataset(db, userId, idOrName);
  if (!row) throw notFound("dataset");
  const isShared = row.owner_id === SYSTEM_USER_ID && scopes.has("admin");
  if (row.owner_id !== userId && !isShared) throw notYours(row.name);
  return row;
}

async function readDataset(ctx: Ctx, db: Db, id: string): Promise<Dataset> {
  const { userId } = requireActor(ctx, "read");
  const row = await store.findDataset(db, userId, id);
  if (!row) throw notFound("dataset");
  return toDataset(row);
}

function toDataset(row: DatasetRow): Dataset {
  return {
    id: row.id,
    name: row.name,
    shared: row.visibility === "public",
    version: row.version,
    created_at: toRfc3339(row.created_at),
    updated_at: toRfc3339(row.updated_at),
  };
}

function nameTaken(name: string, cause?: unknown): AppError {
  return new AppError("NAME_TAKEN", `Cannot create dataset "${name}": the name is taken`, {
    cause,
  });
}

function notYours(name: string): AppError {
  return new AppError(
    "FORBIDDEN",
    `Cannot change dataset "${name}": only its owner or an admin may`,
  );
}
