/** The KV that orders and wakes. Nothing in it is the only copy of anything. */
import { dirname } from "node:path";

/**
 * Opens Deno KV: a path for a local file, a URL for a server shared by processes, and nothing for
 * the platform's own.
 *
 * @throws Error when the store cannot be opened.
 */
export async function openKv(location: string | undefined): Promise<Deno.Kv> {
  const isPath = location !== undefined && !/^https?:/.test(location);
  if (isPath && location !== ":memory:") await Deno.mkdir(dirname(location), { recursive: true });
  return await Deno.openKv(location);
}
