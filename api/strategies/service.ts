/**
 * Strategies: text with immutable versions. The text is parsed and compiled, never executed. The
 * compiler loads on first use, because a start must not wait for it.
 */
import { toRfc3339 } from "../platform/clock.ts";
import { type Ctx, requireActor } from "../platform/context.ts";
import type { Db } from "../platform/database/open.ts";
import { isUniqueViolation, newOwnedColumns } from "../platform/database/rows.ts";
import { sha256Hex } from "../platform/encoding.ts";
import { AppError, notFound } from "../platform/errors.ts";
import { toPage } from "../platform/http/pages.ts";
import type { Page, PageQuery } from "../platform/http/schemas.ts";
import { write } from "../platform/write.ts";
import type {
  CreateStrategy,
  ListStrategies,
  Strategy,
  StrategyAnalysis,
  StrategyItem,
  StrategyVersion,
  StrategyVersionDetail,
  UpdateStrategy,
} from "./schema.ts";
import * as store from "./store.ts";
import type { VersionTexts } from "./version_texts.ts";

export async function createStrategy(ctx: Ctx, input: CreateStrategy): Promise<Strategy> {
  const code = new TextEncoder().encode(input.code);
  refuseLargeCode(ctx, code);
  const sha256 = await sha256Hex(code);
  const spec = {
    scope: "strategy:write",
    action: "strategy.create",
    kind: "strategy",
    replay: readStrategy,
  } as const;
  return await refusingTakenName(input.name, () =>
    write(ctx, spec, async (tx, actor) => {
      const { clock, ids } = ctx;
      const columns = await newOwnedColumns(tx, { clock, ids, ownerId: actor.userId }, "strategy");
      const { id, created_at } = columns;
      const { name, description } = input;
      await store.insertStrategy(tx, { ...columns, name, description, latest_version: 1 });
      await store.insertVersion(tx, {
        id: ids.uuid(),
        strategy_id: id,
        owner_id: actor.userId,
        number: 1,
        sha256,
        code,
        class_name: input.class_name,
        created_at,
      });
      return {
        resourceId: id,
        after: { name, version: 1, sha256 },
        event: { type: "strategy.created", data: { name, version: 1 } },
        answer: await readStrategy(ctx, id, tx),
      };
    }));
}

export async function getStrategy(
  ctx: Ctx,
  id: string,
  texts: VersionTexts | null = null,
): Promise<Strategy> {
  requireActor(ctx, "read");
  if (texts === null) return await readStrategy(ctx, id, ctx.db);
  const row = await store.findStrategyRow(ctx.db, ctx, id);
  const text = row && await texts.read(ctx, id, row.latest_version);
  if (row === undefined || text === undefined) throw notFound("strategy");
  const { sha256, className: class_name, code } = text;
  return { ...toFields({ ...row, sha256, class_name }), code };
}

export async function listStrategies(
  ctx: Ctx,
  query: ListStrategies,
): Promise<Page<StrategyItem>> {
  requireActor(ctx, "read");
  const withCode = query.include === "code";
  const { rows, total } = await store.listStrategies(ctx.db, ctx, { ...query, withCode });
  const items = rows.map((row) => ({
    ...toFields(row),
    ...(row.code === undefined ? {} : { code: decode(row.code) }),
  }));
  return toPage(items, total, query);
}

/** Changes what is given; another text becomes a new version. `ifVersion` guards lost updates. */
export async function updateStrategy(
  ctx: Ctx,
  id: string,
  input: UpdateStrategy,
  { ifVersion }: { ifVersion?: number } = {},
): Promise<Strategy> {
  const code = input.code === undefined ? null : new TextEncoder().encode(input.code);
  if (code !== null) refuseLargeCode(ctx, code);
  const sha256 = code === null ? null : await sha256Hex(code);
  const spec = { scope: "strategy:write", action: "strategy.update", kind: "strategy" } as const;
  return await refusingTakenName(input.name ?? "", () =>
    write(ctx, spec, async (tx) => {
      const before = await store.findStrategy(tx, ctx, id);
      if (before === undefined) throw notFound("strategy");
      if (ifVersion !== undefined && ifVersion !== before.latest_version) {
        throw new AppError(
          "VERSION_MISMATCH",
          `Cannot update the strategy: version ${ifVersion} was named, it is at ` +
            `${before.latest_version}`,
        );
      }
      const latest_version = await addVersion(ctx, tx, { before, input, code, sha256 });
      await store.updateStrategy(tx, ctx, id, {
        ...(input.name === undefined ? {} : { name: input.name }),
        ...(input.description === undefined ? {} : { description: input.description }),
        latest_version,
        updated_at: ctx.clock.now(),
      });
      const answer = await readStrategy(ctx, id, tx);
      return {
        resourceId: id,
        before: { name: before.name, version: before.latest_version, sha256: before.sha256 },
        after: { name: answer.name, version: answer.version, sha256: answer.sha256 },
        event: {
          type: "strategy.updated",
          data: { name: answer.name, version: answer.version },
        },
        answer,
      };
    }));
}

async function addVersion(
  ctx: Ctx,
  tx: Db,
  { before, input, code, sha256 }: {
    before: store.StrategyWithVersion;
    input: UpdateStrategy;
    code: Uint8Array<ArrayBuffer> | null;
    sha256: string | null;
  },
): Promise<number> {
  const className = input.class_name === undefined ? before.class_name : input.class_name;
  const isSame = (sha256 === null || sha256 === before.sha256) && className === before.class_name;
  if (isSame) return before.latest_version;
  const number = before.latest_version + 1;
  await store.insertVersion(tx, {
    id: ctx.ids.uuid(),
    strategy_id: before.id,
    owner_id: before.owner_id,
    number,
    sha256: sha256 ?? before.sha256,
    code: code ?? before.code,
    class_name: className,
    created_at: ctx.clock.now(),
  });
  return number;
}

/** Removes the strategy; versions that backtests pin stay readable through them. */
export async function deleteStrategy(ctx: Ctx, id: string): Promise<void> {
  const spec = { scope: "strategy:write", action: "strategy.delete", kind: "strategy" } as const;
  await write(ctx, spec, async (tx) => {
    const before = await store.findStrategy(tx, ctx, id);
    if (before === undefined) throw notFound("strategy");
    const now = ctx.clock.now();
    await store.updateStrategy(tx, ctx, id, { deleted_at: now, updated_at: now });
    return {
      resourceId: id,
      before: { name: before.name, version: before.latest_version },
      event: { type: "strategy.deleted", data: { name: before.name } },
      answer: undefined,
    };
  });
}

export async function listStrategyVersions(
  ctx: Ctx,
  id: string,
  query: PageQuery,
): Promise<Page<StrategyVersion>> {
  requireActor(ctx, "read");
  if (await store.findStrategy(ctx.db, ctx, id) === undefined) throw notFound("strategy");
  const { rows, total } = await store.listVersions(ctx.db, ctx, id, query);
  const items = rows.map((row) => ({
    id: row.id,
    version: row.number,
    sha256: row.sha256,
    class_name: row.class_name,
    created_at: toRfc3339(row.created_at),
  }));
  return toPage(items, total, query);
}

export async function getStrategyVersion(
  ctx: Ctx,
  id: string,
  number: number,
): Promise<StrategyVersionDetail> {
  requireActor(ctx, "read");
  if (await store.findStrategy(ctx.db, ctx, id) === undefined) throw notFound("strategy");
  const row = await store.findVersion(ctx.db, ctx, id, number);
  if (row === undefined) throw notFound("strategy version");
  return {
    id: row.id,
    version: row.number,
    sha256: row.sha256,
    class_name: row.class_name,
    created_at: toRfc3339(row.created_at),
    code: decode(row.code),
  };
}

/** What the compiler says of a stored version. */
export async function analyzeStrategy(
  ctx: Ctx,
  id: string,
  version?: number,
): Promise<StrategyAnalysis> {
  const strategy = await getStrategy(ctx, id);
  const { analyzeText } = await import("./analysis_view.ts");
  if (version === undefined || version === strategy.version) return analyzeText(strategy.code);
  return analyzeText((await getStrategyVersion(ctx, id, version)).code);
}

/** What the compiler says of a text; nothing is stored. */
export async function analyzeStrategyText(ctx: Ctx, code: string): Promise<StrategyAnalysis> {
  requireActor(ctx, "read");
  const { analyzeText } = await import("./analysis_view.ts");
  return analyzeText(code);
}

/** The compiler's verb. */
export async function loadCompiler(): Promise<typeof import("./compile.ts").compileStrategy> {
  return (await import("./compile.ts")).compileStrategy;
}

/** The version a backtest or bot pins. */
export interface PinnedStrategy {
  readonly strategyId: string;
  readonly versionId: string;
  readonly name: string;
  readonly code: string;
  readonly sha256: string;
  readonly version: number;
  readonly className: string | null;
}

/** @throws AppError NOT_FOUND when the strategy is not the actor's. */
export async function pinStrategy(ctx: Ctx, id: string): Promise<PinnedStrategy> {
  const row = await store.findStrategy(ctx.db, ctx, id);
  if (row === undefined) throw notFound("strategy");
  return {
    strategyId: row.id,
    versionId: row.version_id,
    name: row.name,
    code: decode(row.code),
    sha256: row.sha256,
    version: row.latest_version,
    className: row.class_name,
  };
}

/** The text and class a pin names. */
export async function readPinnedCode(
  ctx: Ctx,
  versionId: string,
): Promise<{ code: string; className: string | null }> {
  const row = await store.findVersionById(ctx.db, ctx, versionId);
  if (row === undefined) throw notFound("strategy version");
  return { code: decode(row.code), className: row.class_name };
}

async function readStrategy(ctx: Ctx, id: string, db: Db): Promise<Strategy> {
  const row = await store.findStrategy(db, ctx, id);
  if (row === undefined) throw notFound("strategy");
  return { ...toFields(row), code: decode(row.code) };
}

function toFields(
  row: Omit<store.StrategyWithVersion, "code" | "version_id" | "owner_id">,
): Omit<Strategy, "code"> {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    class_name: row.class_name,
    version: row.latest_version,
    sha256: row.sha256,
    created_at: toRfc3339(row.created_at),
    updated_at: toRfc3339(row.updated_at),
  };
}

function decode(code: Uint8Array | ArrayBuffer): string {
  return new TextDecoder().decode(code);
}

function refuseLargeCode(ctx: Ctx, code: Uint8Array): void {
  const max = ctx.settings.STRATEGY_BYTES_MAX;
  if (code.length <= max) return;
  throw new AppError(
    "BODY_TOO_LARGE",
    `Cannot store the strategy: its text has ${code.length} bytes, ${max} are allowed`,
  );
}

async function refusingTakenName<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (err) {
    if (!isUniqueViolation(err, "strategies.name")) throw err;
    throw new AppError(
      "NAME_TAKEN",
      `Cannot store the strategy: you already have one named "${name}"`,
      { cause: err },
    );
  }
}
