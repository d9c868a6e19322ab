import assert from "node:assert/strict";
import { openPlatform } from "../../boot.ts";
import { testSettings, toRequest } from "../../testing.ts";
import { countNotes } from "./testing.ts";

/** Starts the program in a process of its own and waits for its port. */
async function startProcess(dataDir: string, ...args: string[]) {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--allow-all",
      "--no-check",
      new URL("../testing/note_server.ts", import.meta.url).href,
      dataDir,
      ...args,
    ],
    cwd: new URL("../../..", import.meta.url),
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value } = await reader.read();
  return {
    url: `http://127.0.0.1:${Number(value)}/notes`,
    status: child.status,
    async end() {
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended already.
      }
      await child.status;
      await reader.cancel();
    },
  };
}

Deno.test("A request whose server was killed between effect and answer has one effect", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "candlewick-test-" });
  const init = toRequest({ json: { text: "hello" }, headers: { "Idempotency-Key": "key-1" } });

  const dying = await startProcess(dataDir, "die");
  await assert.rejects(() => fetch(dying.url, init));
  assert.equal((await dying.status).signal, "SIGKILL");
  await dying.end();

  const next = await startProcess(dataDir);
  const answer = await fetch(next.url, init);
  assert.equal(answer.status, 201);
  assert.equal(answer.headers.get("Idempotent-Replayed"), "true");
  assert.equal((await answer.json()).text, "hello");
  await next.end();

  const { platform, close } = await openPlatform(testSettings(dataDir));
  assert.equal(await countNotes(platform), 1);
  await close();
  await Deno.remove(dataDir, { recursive: true });
});
