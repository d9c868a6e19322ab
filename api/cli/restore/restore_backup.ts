/** `deno task restore`: a data directory out of a backup, whole or not at all. */
import { join } from "node:path";
import { SCHEMA } from "../../boot.ts";
import { type Clock, systemClock } from "../../platform/clock.ts";
import { checkDatabaseFile } from "../../platform/database/copy.ts";
import { lockDatabaseFile } from "../../platform/database/open.ts";
import { DATABASE_FILE } from "../../platform/database/paths.ts";
import { AppError } from "../../platform/errors.ts";
import { type Manifest, SECRETS_FILE } from "../backup/manifest.ts";
import { extractBackup } from "../backup/read_archive.ts";
import { EXIT_DONE, parseStrictly, type Terminal, UsageError } from "../usage.ts";

export const RESTORE_USAGE = `Usage: deno task restore FILE --data-dir DIR [--force]

Checks the backup FILE and puts it into DIR, which must be empty or absent. Nothing is written there
unless all of it is whole.

  --data-dir DIR   the data directory to make
  --force          also into one that is not empty: what is there moves into DIR/replaced-TIME;
                   its secrets.json stays where the backup has none

Exit status: 0 it is restored, 1 it failed, 2 the backup, the directory or the usage is refused.`;

const STAGE = "restore.part";
const LOCK = `${DATABASE_FILE}.lock`;

/** Answers the exit status. */
export async function restoreBackup(
  args: readonly string[],
  { terminal, clock = systemClock }: { terminal: Terminal; clock?: Clock },
): Promise<number> {
  const { values, positionals } = parseStrictly({
    args: [...args],
    allowPositionals: true,
    options: {
      "data-dir": { type: "string" },
      force: { type: "boolean", default: false },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    terminal.out(RESTORE_USAGE);
    return EXIT_DONE;
  }
  const [file, ...more] = positionals;
  const dataDir = values["data-dir"];
  if (file === undefined || more.length > 0) throw new UsageError("Name one backup");
  if (dataDir === undefined) throw new UsageError("Name the directory by --data-dir");
  const before = await listEntries(dataDir);
  if (before !== null && before.length > 0 && !values.force) {
    throw new AppError("CONFLICT", `Cannot restore into "${dataDir}": it is not empty`);
  }
  const target = { dataDir, before, now: clock.now() };
  terminal.out(await restoreInto(target, file, terminal));
  return EXIT_DONE;
}

interface Target {
  readonly dataDir: string;
  /** What is in the directory; null when it does not exist. */
  readonly before: readonly string[] | null;
  readonly now: number;
}

/** Answers what to say; when it fails, the directory is as it was. */
async function restoreInto(target: Target, file: string, terminal: Terminal): Promise<string> {
  const { dataDir, before } = target;
  await Deno.mkdir(dataDir, { recursive: true, mode: 0o700 });
  const lock = await lockDatabaseFile(join(dataDir, DATABASE_FILE));
  try {
    const manifest = await unpack(file, join(dataDir, STAGE));
    const hasSecrets = manifest.files.some(({ name }) => name === SECRETS_FILE);
    const moved = (before ?? []).filter((name) => hasSecrets || name !== SECRETS_FILE);
    await putInPlace(target, manifest, moved);
    if (!hasSecrets && !(before ?? []).includes(SECRETS_FILE)) terminal.err(noKeysText(dataDir));
    const aside = moved.length === 0 ? "" : `; what was there lies in ${replacedName(target.now)}`;
    return `Restored "${dataDir}" as it was at ${manifest.created_at}${aside}`;
  } catch (err) {
    await cleanUp(target);
    throw err;
  } finally {
    lock.close();
  }
}

function noKeysText(dataDir: string): string {
  return `Warning: no master keys came with the backup. Put the old ${SECRETS_FILE} into ` +
    `"${dataDir}", or give MASTER_KEYS, before the first start`;
}

async function cleanUp({ dataDir, before }: Target): Promise<void> {
  const traces = before === null
    ? [dataDir]
    : [join(dataDir, STAGE), ...before.length === 0 ? [join(dataDir, LOCK)] : []];
  for (const path of traces) await Deno.remove(path, { recursive: true }).catch(() => {});
}

/** Null when there is no such directory. */
async function listEntries(dataDir: string): Promise<string[] | null> {
  try {
    const names = await Array.fromAsync(Deno.readDir(dataDir), ({ name }) => name);
    return names.filter((name) => name !== STAGE && name !== LOCK);
  } catch (err) {
    if (err instanceof Deno.errors.NotFound) return null;
    throw err;
  }
}

/** Unpacks beside what is there and checks all of it. @throws AppError that says what is wrong. */
async function unpack(file: string, stage: string): Promise<Manifest> {
  const stream = await openFile(file);
  try {
    await Deno.remove(stage, { recursive: true }).catch(() => {});
    await Deno.mkdir(stage);
    const manifest = await extractBackup(stream, stage);
    refuseNewer(await checkDatabaseFile(join(stage, DATABASE_FILE)));
    return manifest;
  } catch (err) {
    throw new AppError(
      "UNSUPPORTED_FORMAT",
      `Cannot restore "${file}": ${err instanceof Error ? err.message : err}`,
      { cause: err },
    );
  }
}

function refuseNewer(schema: readonly string[]): void {
  const foreign = schema.find((name) => !SCHEMA.includes(name));
  if (foreign === undefined) return;
  throw new Error(`its schema is newer ("${foreign}" is unknown here)`);
}

async function openFile(file: string): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  try {
    return (await Deno.open(file)).readable;
  } catch (err) {
    throw new AppError("VALIDATION_ERROR", `Cannot read "${file}": it cannot be opened`, {
      cause: err,
    });
  }
}

/** Renames only: whatever interrupts it, nothing that was there is lost. */
async function putInPlace(
  { dataDir, now }: Target,
  { files }: Manifest,
  moved: readonly string[],
): Promise<void> {
  if (moved.length > 0) {
    const aside = join(dataDir, replacedName(now));
    await Deno.mkdir(aside);
    for (const name of moved) await Deno.rename(join(dataDir, name), join(aside, name));
  }
  for (const { name } of files) {
    await Deno.rename(join(dataDir, STAGE, name), join(dataDir, name));
  }
  await Deno.remove(join(dataDir, STAGE), { recursive: true });
}

function replacedName(now: number): string {
  return `replaced-${new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, "")}`;
}
