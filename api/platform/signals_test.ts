import assert from "node:assert/strict";

/** Ends itself with 3 when told twice, else with 0 a while after the first signal. */
const PROGRAM = `
import { waitForStop } from ${JSON.stringify(new URL("./signals.ts", import.meta.url).href)};
const alive = setInterval(() => {}, 1000);
let now = 0;
const stop = waitForStop(() => Deno.exit(3), { now: () => now, monotonic: () => now });
console.log("ready");
await stop;
now = Number(Deno.args[0]);
const again = new Promise((resolve) => Deno.addSignalListener("SIGINT", () => setTimeout(resolve, 0)));
console.log("asked");
await again;
clearInterval(alive);
Deno.exit(0);
`;

/** Sends SIGINT, and again once the program says that it was asked; answers the exit code. */
async function pressTwice(laterMs: number): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--ext=ts", "-", String(laterMs)],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(PROGRAM));
  await writer.close();
  const reader = child.stdout.getReader();
  for (let press = 1; press <= 2; press++) {
    await reader.read();
    child.kill("SIGINT");
  }
  await reader.cancel();
  return (await child.status).code;
}

Deno.test("waitForStop() takes one press of Ctrl-C that arrives twice for one", async () => {
  assert.equal(await pressTwice(2), 0);
});

Deno.test("waitForStop() ends at once when it is asked again later", async () => {
  assert.equal(await pressTwice(2_000), 3);
});
