import assert from "node:assert/strict";
import { parseSettings, SettingsError } from "./config.ts";

const KEY = "A".repeat(43);

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    parseSettings(environment);
  } catch (err) {
    assert.ok(err instanceof SettingsError);
    return err.problems;
  }
  return [];
}

Deno.test("parseSettings() has a default for everything a local server needs", () => {
  const settings = parseSettings({});
  assert.equal(settings.PORT, 8000);
  assert.equal(settings.HOST, "127.0.0.1");
  assert.equal(settings.DATA_DIR, "./data");
  assert.equal(settings.MASTER_KEYS, undefined);
});

Deno.test("parseSettings() names every bad value and what is allowed", () => {
  const problems = problemsOf({ PORT: "99999", LOG_LEVEL: "loud", DATABASE_URL: "mysql://x" });
  assert.equal(problems.length, 3);
  assert.match(problems.join("\n"), /setting PORT is "99999": .*<=65535/);
  assert.match(problems.join("\n"), /setting LOG_LEVEL is "loud": .*"debug"\|"info"/);
  assert.match(problems.join("\n"), /setting DATABASE_URL is "mysql:\/\/x": must be a file: or/);
});

Deno.test("parseSettings() never shows a secret that is wrong", () => {
  const [problem] = problemsOf({ MASTER_KEYS: "main:topsecretbuttooshort" });
  assert.match(problem ?? "", /setting MASTER_KEYS is set \(not shown\): must be `id:key` pairs/);
  assert.doesNotMatch(problem ?? "", /topsecret/);
});

Deno.test("parseSettings() never shows the credentials in a URL that is wrong", () => {
  const [problem] = problemsOf({
    DATABASE_URL: "postgres://ann:topsecret@db:1/x?authToken=hidden",
  });
  assert.match(
    problem ?? "",
    /is "postgres:\/\/\*\*\*@db:1\/x\?authToken=\*\*\*": must be a file:/,
  );
  assert.doesNotMatch(problem ?? "", /topsecret|hidden/);
});

Deno.test("parseSettings() refuses production without its master keys", () => {
  assert.match(problemsOf({ MODE: "production" })[0] ?? "", /setting MASTER_KEYS is missing/);
  assert.equal(
    parseSettings({ MODE: "production", MASTER_KEYS: `main:${KEY}` }).MODE,
    "production",
  );
});

Deno.test("parseSettings() reads a ring of keys in order", () => {
  const { MASTER_KEYS } = parseSettings({ MASTER_KEYS: `new:${KEY}, old:${KEY}` });
  assert.deepEqual(MASTER_KEYS?.map(({ id, key }) => [id, key.length]), [["new", 32], ["old", 32]]);
});

Deno.test("parseSettings() takes an empty value for an absent one", () => {
  assert.equal(parseSettings({ PORT: "", DATABASE_URL: "" }).PORT, 8000);
});
