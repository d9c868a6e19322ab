/** A backup's archive, entry by entry. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { sha256Hex } from "../../platform/encoding.ts";
import {
  type Manifest,
  MANIFEST_BYTES_MAX,
  MANIFEST_NAME,
  MANIFEST_SUM_NAME,
  manifestSchema,
} from "./manifest.ts";
import { readTar, type TarEntry } from "./tar.ts";

/**
 * Writes a backup's files into a folder, each checked against the manifest.
 *
 * @throws Error that says what is wrong with the archive; what was written by then stays.
 */
export async function extractBackup(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  folder: string,
): Promise<Manifest> {
  const entries = readTar(stream);
  try {
    const manifest = await readManifest(entries);
    for (const file of manifest.files) {
      const { content } = await nextEntry(entries, file.name, file.bytes);
      const sha256 = await writeHashed(join(folder, file.name), content);
      if (sha256 !== file.sha256) {
        throw new Error(`it is damaged: "${file.name}" has another checksum`);
      }
    }
    if (!(await entries.next()).done) throw new Error("it is damaged: it has unknown entries");
    return manifest;
  } finally {
    await entries.return(undefined);
  }
}

async function readManifest(entries: AsyncGenerator<TarEntry>): Promise<Manifest> {
  const text = await readSmall(await nextEntry(entries, MANIFEST_NAME));
  const sum = await readSmall(await nextEntry(entries, MANIFEST_SUM_NAME));
  const [told] = new TextDecoder().decode(sum).split(" ");
  if (told !== sha256Hex(text)) {
    throw new Error(`it is damaged: "${MANIFEST_NAME}" has another checksum`);
  }
  const parsed = manifestSchema.safeParse(JSON.parse(new TextDecoder().decode(text)));
  if (!parsed.success) throw new Error("it is a backup of an unknown version");
  return parsed.data;
}

async function nextEntry(
  entries: AsyncGenerator<TarEntry>,
  name: string,
  bytes?: number,
): Promise<TarEntry> {
  const { done, value } = await nextOrNothing(entries);
  if (done || value.name !== name) throw new Error(`it is no whole backup: "${name}" is missing`);
  if (bytes !== undefined && value.size !== bytes) {
    throw new Error(`it is damaged: "${name}" has ${value.size} bytes and not ${bytes}`);
  }
  return value;
}

async function nextOrNothing(entries: AsyncGenerator<TarEntry>) {
  try {
    return await entries.next();
  } catch (err) {
    if (!(err instanceof RangeError)) throw err;
    throw new Error(`it is no whole backup: ${err.message}`);
  }
}

async function readSmall({ name, size, content }: TarEntry): Promise<Uint8Array<ArrayBuffer>> {
  if (size > MANIFEST_BYTES_MAX) throw new Error(`it is damaged: "${name}" is too large`);
  const bytes = new Uint8Array(size);
  let at = 0;
  for await (const chunk of content) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

async function writeHashed(
  path: string,
  content: AsyncIterable<Uint8Array<ArrayBuffer>>,
): Promise<string> {
  const hash = createHash("sha256");
  const file = await Deno.open(path, { createNew: true, write: true, mode: 0o600 });
  const writer = file.writable.getWriter();
  try {
    for await (const chunk of content) {
      hash.update(chunk);
      await writer.write(chunk);
    }
    await file.syncData();
  } finally {
    await writer.close();
  }
  return hash.digest("hex");
}
