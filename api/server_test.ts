import assert from "node:assert/strict";
import { join } from "node:path";
import { readLocalServer } from "./platform/local_server.ts";
import { type RunningServer, type ServerOptions, startServer } from "./server.ts";
import { testSettings } from "./testing.ts";

interface Started extends AsyncDisposable {
  readonly server: RunningServer;
  readonly url: string;
  readonly dataDir: string;
}

async function start(options: ServerOptions = {}): Promise<Started> {
  const dataDir = await Deno.makeTempDir({ prefix: "candlewick-test-" });
  const server = await startServer(testSettings(dataDir, { PORT: "0" }), options);
  let running = true;
  return {
    server: { ...server, stop: () => (running = false, server.stop()) },
    url: `http://127.0.0.1:${server.address.port}`,
    dataDir,
    [Symbol.asyncDispose]: async () => {
      if (running) await server.stop();
      await Deno.remove(dataDir, { recursive: true });
    },
  };
}

Deno.test("startServer() listens, and says where in a file of its data directory", async () => {
  await using started = await start();
  const answer = await fetch(`${started.url}/health`);
  assert.equal((await answer.json()).status, "healthy");
  const file = await readLocalServer(started.dataDir);
  assert.deepEqual(file, { pid: Deno.pid, url: started.url });
  const { mode } = await Deno.stat(join(started.dataDir, "server.json"));
  assert.equal((mode ?? 0) & 0o777, 0o600);
});

Deno.test("startServer() refuses a directory whose database another server has open", async () => {
  await using started = await start();
  await assert.rejects(
    () => startServer(testSettings(started.dataDir, { PORT: "0" })),
    /Cannot open database ".*": another process has it open/,
  );
});

Deno.test("startServer() names the port when it is in use, and lets go of the database", async () => {
  await using started = await start();
  const dataDir = await Deno.makeTempDir({ prefix: "candlewick-test-" });
  const { port } = started.server.address;
  for (let tries = 0; tries < 2; tries++) {
    await assert.rejects(
      () => startServer(testSettings(dataDir, { PORT: String(port) })),
      new RegExp(`Cannot listen on 127.0.0.1:${port}: the port is in use`),
    );
  }
  await Deno.remove(dataDir, { recursive: true });
});

Deno.test("stop() ends without cutting anything, and removes the file", async () => {
  await using started = await start();
  const answer = await fetch(`${started.url}/health`);
  await answer.body?.cancel();
  await started.server.stop();
  assert.equal(await readLocalServer(started.dataDir), null);
  await assert.rejects(() => fetch(`${started.url}/health`));
});

Deno.test("stop() does not wait for a request that does not end in time", async () => {
  await using started = await start({ drainMs: 100 });
  const connection = await Deno.connect({
    hostname: "127.0.0.1",
    port: started.server.address.port,
  });
  const head = "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\n" +
    "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
  await connection.write(new TextEncoder().encode(head));
  const answer = await fetch(`${started.url}/health`);
  await answer.body?.cancel();
  await started.server.stop();
  await assert.rejects(() => fetch(`${started.url}/health`));
  connection.close();
});
