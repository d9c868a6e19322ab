/** Where the server of a data directory listens, for commands on the same machine. */
import { join } from "node:path";
import { z } from "zod";

const FILE_NAME = "server.json";

const fileSchema = z.object({
  pid: z.number().int(),
  /** Of the loopback interface. */
  url: z.url(),
});

export type LocalServer = z.infer<typeof fileSchema>;

export async function writeLocalServer(dataDir: string, server: LocalServer): Promise<void> {
  const path = join(dataDir, FILE_NAME);
  await Deno.mkdir(dataDir, { recursive: true });
  await Deno.writeTextFile(path, `${JSON.stringify(server)}\n`, { mode: 0o600 });
}

/** @returns null when no server wrote the file, or what is there is not one. */
export async function readLocalServer(dataDir: string): Promise<LocalServer | null> {
  try {
    const text = await Deno.readTextFile(join(dataDir, FILE_NAME));
    return fileSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Removes the file unless another server has written its own since. */
export async function removeLocalServer(dataDir: string, { pid }: { pid: number }): Promise<void> {
  if ((await readLocalServer(dataDir))?.pid !== pid) return;
  await Deno.remove(join(dataDir, FILE_NAME));
}
