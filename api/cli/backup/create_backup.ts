/** `deno task backup`: everything a server keeps, in one file, while it runs or without it. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { VERSION } from "../../system/service.ts";
import { type Clock, systemClock } from "../../platform/clock.ts";
import { parseSettings } from "../../platform/config.ts";
import { checkDatabaseFile } from "../../platform/database/copy.ts";
import { DATABASE_FILE } from "../../platform/database/paths.ts";
import { sha256Hex } from "../../platform/encoding.ts";
import { AppError } from "../../platform/errors.ts";
import { type LocalApi, openLocalApi } from "../local_api.ts";
import { EXIT_DONE, parseStrictly, type Terminal } from "../usage.ts";
import { type Manifest, MANIFEST_NAME, MANIFEST_SUM_NAME, SECRETS_FILE } from "./manifest.ts";
import { tarEnd, tarHeader, tarPadding } from "./tar.ts";

export const BACKUP_USAGE = `Usage: deno task backup [--out FILE] [--data-dir DIR] [--with-secrets]

Writes the database as it is at one moment into FILE (candlewick-TIME.tar), with checksums. A server
that runs goes on; without one the file is read. A database that belongs to a libSQL server is that
server's to back up.

  --out FILE        where to write; never over a file that exists
  --data-dir DIR    where the server keeps its files (./data)
  --with-secrets    also the master keys, which open every secret that is stored

Exit status: 0 it is written and was read back, 1 it is not, 2 bad usage.`;

const WITH_SECRETS =
  "Warning: the backup holds the master keys. Whoever has it opens every secret " +
  "in it: keep it as you keep the keys";
const WITHOUT_SECRETS =
  "Warning: the backup holds no master keys. Without secrets.json of the data directory what is " +
  "sealed in it stays shut: keep that file elsewhere, or use --with-secrets";

/** Answers the exit status; nothing is left at the target when it fails. */
export async function createBackup(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  { terminal, clock = systemClock }: { terminal: Terminal; clock?: Clock },
): Promise<number> {
  const { values } = parseStrictly({
    args: [...args],
    options: {
      out: { type: "string" },
      "data-dir": { type: "string" },
      "with-secrets": { type: "boolean", default: false },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    terminal.out(BACKUP_USAGE);
    return EXIT_DONE;
  }
  const dataDir = values["data-dir"];
  const settings = parseSettings({
    ...environment,
    ...(dataDir === undefined ? {} : { DATA_DIR: dataDir }),
  });
  const now = clock.now();
  const out = values.out ?? `candlewick-${stampOf(now)}.tar`;
  await refuseExisting(out);
  const secrets = values["with-secrets"] ? await readSecrets(settings.DATA_DIR) : null;
  const part = `${out}.part`;
  const database = `${out}.db.part`;
  try {
    await using api = await openLocalApi(settings);
    const copied = await download(api, database);
    const schema = await checkDatabaseFile(database);
    const files = [{ name: DATABASE_FILE, ...copied } as const, ...listSecrets(secrets)];
    const manifest: Manifest = {
      format: "candlewick-backup",
      version: 1,
      created_at: new Date(now).toISOString(),
      program: VERSION,
      schema,
      files,
    };
    await writeArchive(part, manifest, {
      database: { path: database, bytes: copied.bytes },
      secrets,
      now,
    });
    await Deno.rename(part, out);
    terminal.err(secrets === null ? WITHOUT_SECRETS : WITH_SECRETS);
    terminal.out(`Wrote ${out}: ${copied.bytes} bytes of database`);
    return EXIT_DONE;
  } finally {
    for (const path of [part, database]) await Deno.remove(path).catch(() => {});
  }
}

function stampOf(now: number): string {
  return new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
}

async function refuseExisting(path: string): Promise<void> {
  try {
    await Deno.lstat(path);
  } catch (err) {
    if (err instanceof Deno.errors.NotFound) return;
    throw err;
  }
  throw new AppError("CONFLICT", `Cannot write "${path}": there is such a file already`);
}

async function readSecrets(dataDir: string): Promise<Uint8Array<ArrayBuffer>> {
  const path = join(dataDir, SECRETS_FILE);
  try {
    return await Deno.readFile(path);
  } catch (err) {
    throw new AppError(
      "CONFLICT",
      `Cannot include the master keys: "${path}" cannot be read; keys given by MASTER_KEYS are ` +
        "yours to keep",
      { cause: err },
    );
  }
}

function listSecrets(secrets: Uint8Array<ArrayBuffer> | null): Manifest["files"] {
  if (secrets === null) return [];
  return [{ name: SECRETS_FILE, bytes: secrets.length, sha256: sha256Hex(secrets) }];
}

async function download(api: LocalApi, path: string): Promise<{ bytes: number; sha256: string }> {
  const answer = await api.downloadByPost("/api/v1/system/backup");
  if (!answer.ok || answer.body === null) {
    const { detail, code } = await answer.json();
    throw new AppError(code, String(detail));
  }
  const hash = createHash("sha256");
  let bytes = 0;
  const count = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      hash.update(chunk);
      bytes += chunk.length;
      controller.enqueue(chunk);
    },
  });
  const file = await Deno.open(path, { createNew: true, write: true, mode: 0o600 });
  await answer.body.pipeThrough(count).pipeTo(file.writable);
  if (String(bytes) !== answer.headers.get("Content-Length")) {
    throw new Error("Cannot back up: the copy ended too early");
  }
  return { bytes, sha256: hash.digest("hex") };
}

async function writeArchive(
  path: string,
  manifest: Manifest,
  { database, secrets, now }: {
    database: { readonly path: string; readonly bytes: number };
    secrets: Uint8Array<ArrayBuffer> | null;
    now: number;
  },
): Promise<void> {
  const file = await Deno.open(path, { createNew: true, write: true, mode: 0o600 });
  const writer = file.writable.getWriter();
  const text = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`);
  const sum = new TextEncoder().encode(`${sha256Hex(text)}  ${MANIFEST_NAME}\n`);
  async function add(name: string, size: number, content: AsyncIterable<Uint8Array<ArrayBuffer>>) {
    await writer.write(tarHeader(name, size, now));
    for await (const chunk of content) await writer.write(chunk);
    await writer.write(tarPadding(size));
  }
  try {
    await add(MANIFEST_NAME, text.length, once(text));
    await add(MANIFEST_SUM_NAME, sum.length, once(sum));
    await add(DATABASE_FILE, database.bytes, (await Deno.open(database.path)).readable);
    if (secrets !== null) await add(SECRETS_FILE, secrets.length, once(secrets));
    await writer.write(tarEnd());
    await file.syncData();
  } finally {
    await writer.close();
  }
}

async function* once(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield bytes;
}
