import assert from "node:assert/strict";
import { configureLog, createLog, maskSecrets } from "./log.ts";

Deno.test("maskSecrets() hides values under secret names at any depth", () => {
  const masked = maskSecrets({
    user_id: "u",
    password: "p1",
    nested: { refresh_token: "t1", list: [{ apiKey: "k1" }, "kept"] },
    Authorization: "Bearer t2",
    error: new Error("kept too", { cause: new Error("and this") }),
  });
  const text = JSON.stringify(masked);
  for (const secret of ["p1", "t1", "k1", "t2"]) assert.equal(text.includes(secret), false);
  for (const kept of ["kept", "kept too", "and this", '"user_id":"u"']) {
    assert.ok(text.includes(kept), kept);
  }
});

Deno.test("A log line is one JSON object with time, level, part and event", async () => {
  const lines: string[] = [];
  await configureLog("info", (line) => void lines.push(line));
  createLog("jobs").debug("unseen");
  createLog("jobs").warning("late", { job_id: "j", big: 5n, token: "hidden", text: "a\nb" });
  await configureLog("error", () => {});
  assert.equal(lines.length, 1);
  assert.equal(lines[0]?.includes("\n"), false);
  const { time, ...line } = JSON.parse(lines[0] ?? "");
  assert.match(time, /^\d{4}-\d\d-\d\dT.*Z$/);
  assert.deepEqual(line, {
    level: "warning",
    part: "jobs",
    event: "late",
    job_id: "j",
    big: "5",
    token: "***",
    text: "a\nb",
  });
});
