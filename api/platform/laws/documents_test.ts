import assert from "node:assert/strict";
import { denoVersions, shellCommands, unknownCommands, unknownTasks } from "./documents.ts";
import { listRepositoryFiles, readRepositoryFile } from "./repository.ts";

const FENCE = "```";

Deno.test("shellCommands() joins continued lines and leaves comments and other blocks out", () => {
  const text = `a\n${FENCE}sh\n# first\ndeno task \\\n  ok\ngit status\n${FENCE}\n` +
    `${FENCE}json\n{}\n${FENCE}\n`;
  assert.deepEqual(shellCommands(text), ["deno task ok", "git status"]);
});

Deno.test("unknownCommands() finds programs that a reader may not have", () => {
  const text = `${FENCE}sh\nnpx -y deno@2.9.6 task ok\nmake all\n${FENCE}\n`;
  assert.deepEqual(unknownCommands(text), ["make all"]);
});

Deno.test("unknownTasks() finds tasks that do not exist", () => {
  const text = "Run `npx -y deno@2.9.6 task demo`, then `deno task ok` and `deno task gone`.";
  assert.deepEqual(unknownTasks(text, new Set(["demo", "ok"])), ["gone"]);
});

Deno.test("denoVersions() reads commands and images", () => {
  assert.deepEqual(denoVersions("npx deno@2.9.6 task\nFROM denoland/deno:2.9.5"), [
    "2.9.6",
    "2.9.5",
  ]);
});

Deno.test("the documents name one version of Deno, known programs and tasks that exist", async (t) => {
  const paths = (await listRepositoryFiles()).filter((path) => path.endsWith(".md"));
  const documents = new Map<string, string>();
  for (const path of paths) documents.set(path, await readRepositoryFile(path));
  const tasks = new Set(Object.keys(JSON.parse(await readRepositoryFile("deno.json")).tasks));

  await t.step("every task exists", () => {
    const known = tasks;
    const unknown = [...documents].flatMap(([path, text]) =>
      unknownTasks(text, known).map((name) => `${path}: deno task ${name}`)
    );
    assert.deepEqual(unknown, []);
  });
  await t.step("every command starts a program the reader has", () => {
    assert.deepEqual([...documents.values()].flatMap(unknownCommands), []);
  });
  await t.step("one version of Deno is pinned everywhere", async () => {
    const pinned = [...documents.values()];
    for (const path of [".ci/run", "Dockerfile"]) pinned.push(await readRepositoryFile(path));
    assert.equal(new Set(pinned.flatMap(denoVersions)).size, 1);
  });
});
