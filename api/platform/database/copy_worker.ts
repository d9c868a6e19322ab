/** Copies one database file and says how that went. The connection is the thread's own. */
import { createClient } from "@libsql/client";

interface CopyOrder {
  readonly path: string;
  readonly target: string;
}

/** Inside a worker the global scope is the port; the window's types do not say so. */
const port = globalThis as unknown as {
  onmessage: ((event: MessageEvent<CopyOrder>) => void) | null;
  postMessage(message: { error: string | null }): void;
};

port.onmessage = async ({ data: { path, target } }) => {
  let error: string | null = null;
  try {
    const client = createClient({ url: `file:${path}`, timeout: 5_000 });
    await client.execute({ sql: "vacuum into ?", args: [target] });
    client.close();
  } catch (err) {
    error = err instanceof Error ? err.message : String(err);
  }
  port.postMessage({ error });
};
