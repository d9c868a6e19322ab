import assert from "node:assert/strict";
import { SettingsError } from "../platform/config.ts";
import { startHranaServer } from "../platform/testing/hrana_server.ts";
import { createEdge } from "./edge.ts";
import { edgeSettings } from "./settings.ts";
import { layEdgeGround } from "./testing/edge_process.ts";

const KEY = `a:${"A".repeat(43)}`;

Deno.test("edgeSettings() demands a database server and the master keys", () => {
  const refuses = (environment: Record<string, string>, problem: RegExp) =>
    assert.throws(
      () => edgeSettings(environment),
      (err) => err instanceof SettingsError && problem.test(err.message),
    );
  refuses({ DATABASE_URL: "libsql://db.example" }, /MASTER_KEYS is missing/);
  refuses({ MASTER_KEYS: KEY }, /DATABASE_URL is missing: .* must name a libSQL server/);
  refuses({ MASTER_KEYS: KEY, DATABASE_URL: "file:./x.db" }, /DATABASE_URL is "file:\.\/x\.db"/);
});

Deno.test("edgeSettings() slices jobs and takes the platform's KV unless told otherwise", () => {
  const given = { MASTER_KEYS: KEY, DATABASE_URL: "libsql://db.example", JOB_SLICE_MS: "" };
  const settings = edgeSettings(given);
  assert.equal(settings.MODE, "production");
  assert.equal(settings.KV_URL, "platform");
  assert.equal(settings.JOB_SLICE_MS, 20_000);
  assert.equal(edgeSettings({ ...given, JOB_SLICE_MS: "5000" }).JOB_SLICE_MS, 5_000);
  assert.equal(settings.OTEL_DENO, "false");
  assert.equal(edgeSettings({ ...given, DENO_DEPLOY: "true" }).OTEL_DENO, "true");
});

Deno.test("the deploy section of deno.json names an entry and tasks that exist", async () => {
  const root = new URL("../../", import.meta.url);
  const { deploy, tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));
  assert.ok((await Deno.stat(new URL(deploy.runtime.entrypoint, root))).isFile);
  assert.ok(tasks.edge.command.endsWith(` ${deploy.runtime.entrypoint}`));
  for (const command of [deploy.build, deploy.predeploy]) {
    assert.ok(tasks[/^deno task (\w+)$/.exec(command)?.[1] ?? ""] !== undefined, command);
  }
});

Deno.test("createEdge() answers 503 while the database is away, and serves once it is there", async () => {
  await using ground = await layEdgeGround();
  const path = `${ground.folder}/late.db`;
  const early = startHranaServer({ path });
  const { url } = early;
  await early[Symbol.asyncDispose]();
  const edge = createEdge(edgeSettings({ ...ground.environment, DATABASE_URL: url }));
  edge.warm();
  const request = () => new Request("http://edge.example/health");
  const refused = await edge.fetch(request());
  assert.equal(refused.status, 503);
  assert.equal((await refused.json()).code, "DEPENDENCY_DOWN");
  await assert.rejects(() => edge.tick());
  await using _ = startHranaServer({ path, port: Number(new URL(url).port) });
  assert.equal((await edge.fetch(request())).status, 200);
  await edge.tick();
  await edge.stop();
});
