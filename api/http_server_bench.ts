/** The measured side of `http_bench.ts`, in a thread of its own: servers, and bare point reads. */
import { join } from "node:path";
import { createClient } from "@libsql/client";
import { parseSettings } from "./platform/config.ts";
import type { Door } from "./platform/door_limits.ts";
import type { FindDoor } from "./platform/http/doors.ts";
import { doorOf } from "./platform/rate_policies.ts";
import { startServer } from "./server.ts";

export type BenchOrder =
  | { readonly kind: "raw" }
  | { readonly kind: "app"; readonly dataDir: string }
  | { readonly kind: "point_reads"; readonly dataDir: string; readonly id: string };

const READS = 5_000;
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
  return (await startServer(settings, { findDoor: raiseQuotas() })).address.port;
}

/** The platform's limits with room for a bench: all is counted and nothing refused. */
function raiseQuotas(): FindDoor {
  const raised = new Map<Door, Door>();
  return (request) => {
    const door = doorOf(request);
    if (door === null) return null;
    const known = raised.get(door);
    if (known !== undefined) return known;
    const policies = door.policies.map((policy) => ({
      ...policy,
      quota: policy.quota * 1_000_000,
      chunk: policy.chunk * 100,
    }));
    const wide = { ...door, policies };
    raised.set(door, wide);
    return wide;
  };
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
