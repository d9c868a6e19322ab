/** The measured side of `http_bench.ts`, in a thread of its own: servers, and bare point reads. */
import { join } from "node:path";
import { createClient } from "@libsql/client";
import { parseSettings } from "./platform/config.ts";
import { startServer } from "./server.ts";

export type BenchOrder =
  | { readonly kind: "raw" }
  | { readonly kind: "app"; readonly dataDir: string }
  | { readonly kind: "point_reads"; readonly dataDir: string; readonly id: string };

const READS = 20_000;
const REPORT_STATUS = new TextEncoder().encode('{"status":"healthy"}');

async function answer(order: BenchOrder): Promise<number> {
  switch (order.kind) {
    case "raw":
      return serveRaw();
    case "app":
      return await serveApp(order.dataDir);
    case "point_reads":
      return await readPoints(order);
  }
}

/** Port of a server that only answers. */
function serveRaw(): number {
  const headers = { "Content-Type": "application/json" };
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => new Response(REPORT_STATUS, { headers }),
  );
  return server.addr.port;
}

async function serveApp(dataDir: string): Promise<number> {
  const settings = parseSettings({ DATA_DIR: dataDir, PORT: "0", RUN_JOBS: "no" });
  return (await startServer(settings)).address.port;
}

/** Rows a second that the client itself reads by id from a copy of the database. */
async function readPoints({ dataDir, id }: { dataDir: string; id: string }): Promise<number> {
  const client = createClient({ url: `file:${join(dataDir, "candlewick.db")}` });
  const start = performance.now();
  for (let read = 0; read < READS; read++) {
    await client.execute({ sql: "select * from strategies where id = ?", args: [id] });
  }
  const seconds = (performance.now() - start) / 1000;
  client.close();
  return READS / seconds;
}

/** Inside a worker the global scope is the port; the window's types do not say so. */
const port = globalThis as unknown as {
  onmessage: (event: MessageEvent<BenchOrder>) => void;
  postMessage: (value: number) => void;
};

port.onmessage = async ({ data }) => {
  port.postMessage(await answer(data));
};
