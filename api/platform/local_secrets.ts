/** The secrets a local server makes for itself, once, in a file only its user can read. */
import { join } from "node:path";
import { z } from "zod";
import type { Random } from "./clock.ts";
import { decodeBase64Url, encodeBase64Url } from "./encoding.ts";
import type { MasterKey } from "./secrets.ts";

const FILE_NAME = "secrets.json";

const fileSchema = z.object({
  masterKeys: z.array(z.object({ id: z.string(), key: z.string() })).min(1),
  /** Lets a command on this machine speak to the running server. */
  localToken: z.string().min(43),
});

export interface LocalSecrets {
  readonly masterKeys: readonly MasterKey[];
  readonly localToken: string;
}

/**
 * Reads the file, or makes it with mode 0600 when it is absent.
 *
 * @throws Error when the file exists and cannot be used; it is never overwritten.
 */
export async function readOrCreateLocalSecrets(
  dataDir: string,
  random: Random,
): Promise<LocalSecrets> {
  await Deno.mkdir(dataDir, { recursive: true, mode: 0o700 });
  return await readLocalSecrets(dataDir) ?? await createLocalSecrets(dataDir, random);
}

/** @returns null when no server has made the file yet. */
export async function readLocalSecrets(dataDir: string): Promise<LocalSecrets | null> {
  const path = join(dataDir, FILE_NAME);
  try {
    const { masterKeys, localToken } = fileSchema.parse(JSON.parse(await Deno.readTextFile(path)));
    return {
      masterKeys: masterKeys.map(({ id, key }) => ({ id, key: decodeBase64Url(key) })),
      localToken,
    };
  } catch (err) {
    if (err instanceof Deno.errors.NotFound) return null;
    throw new Error(`Cannot use the secrets in "${path}": the file is damaged`, { cause: err });
  }
}

async function createLocalSecrets(dataDir: string, random: Random): Promise<LocalSecrets> {
  const key = random.bytes(32);
  const localToken = encodeBase64Url(random.bytes(32));
  const text = JSON.stringify({
    masterKeys: [{ id: "local-1", key: encodeBase64Url(key) }],
    localToken,
  });
  const path = join(dataDir, FILE_NAME);
  try {
    await Deno.writeTextFile(path, `${text}\n`, { createNew: true, mode: 0o600 });
  } catch (err) {
    if (!(err instanceof Deno.errors.AlreadyExists)) throw err;
    const other = await readLocalSecrets(dataDir);
    if (other !== null) return other;
    throw err;
  }
  return { masterKeys: [{ id: "local-1", key }], localToken };
}
