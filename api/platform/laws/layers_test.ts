import assert from "node:assert/strict";
import { type ImportArrow, judgeArrow } from "./arrows.ts";
import {
  findCycles,
  type ModuleGraph,
  parseModuleGraph,
  reachablePackages,
  readModuleGraph,
} from "./module_graph.ts";
import { isDenoSource, listRepositoryFiles, REPOSITORY_ROOT } from "./repository.ts";
import { describeFile, isProduction } from "./source_file.ts";

/** What a process that runs untrusted work must not even load. */
const OUT_OF_COMPUTE = /^(kysely|@libsql\/|hono|@hono\/|ccxt|jose|node:(net|http|https|fs|dgram))/;

function arrow(from: string, to: string, typeOnly = false): ImportArrow {
  return { from, to, typeOnly };
}

Deno.test("findCycles() names each circle once, also one closed by a type", () => {
  const arrows = [
    arrow("a.ts", "b.ts"),
    arrow("b.ts", "c.ts"),
    arrow("c.ts", "a.ts", true),
    arrow("d.ts", "a.ts"),
    arrow("e.ts", "e.ts"),
  ];
  assert.deepEqual(findCycles(arrows), [["a.ts", "b.ts", "c.ts"], ["e.ts"]]);
});

Deno.test("findCycles() is content with a diamond", () => {
  const arrows = [arrow("a", "b"), arrow("a", "c"), arrow("b", "d"), arrow("c", "d")];
  assert.deepEqual(findCycles(arrows), []);
});

Deno.test("reachablePackages() follows what runs and leaves types out", () => {
  const graph: ModuleGraph = {
    arrows: [arrow("a.ts", "b.ts"), arrow("a.ts", "c.ts", true)],
    packages: new Map([["b.ts", ["zod"]], ["c.ts", ["kysely"]]]),
  };
  assert.deepEqual([...reachablePackages(graph, ["a.ts"])], [["zod", "b.ts"]]);
});

Deno.test("parseModuleGraph() tells type imports from others and refuses a module with an error", () => {
  const at = (path: string) => new URL(path, `file://${REPOSITORY_ROOT}`).href;
  const graph = parseModuleGraph({
    modules: [{
      specifier: at("api/a.ts"),
      dependencies: [
        { specifier: "./b.ts", code: { specifier: at("api/b.ts") } },
        { specifier: "./c.ts", type: { specifier: at("api/c.ts") } },
        { specifier: "zod", code: { specifier: "npm:/zod@4.6.7" } },
      ],
    }],
  });
  assert.deepEqual(graph.arrows, [
    arrow("api/a.ts", "api/b.ts"),
    arrow("api/a.ts", "api/c.ts", true),
  ]);
  assert.deepEqual(graph.packages, new Map([["api/a.ts", ["zod"]]]));
  const broken = { modules: [{ specifier: at("api/a.ts"), error: "not found" }] };
  assert.throws(() => parseModuleGraph(broken), /Cannot read the graph: not found/);
});

Deno.test("the repository keeps its layers: no circle, no import against the arrows", async (t) => {
  const files = (await listRepositoryFiles()).filter(isDenoSource);
  const production = files.filter((path) => isProduction(describeFile(path)));
  assert.notEqual(production.length, 0);
  const graph = await readModuleGraph(files.filter((path) => !describeFile(path).isTest));

  await t.step("no file is part of a circle", () => {
    assert.deepEqual(findCycles(graph.arrows), []);
  });
  await t.step("every import goes where the arrows allow", () => {
    const wrong = graph.arrows.flatMap((each) => {
      const message = judgeArrow(each);
      return message === null ? [] : [`${each.from}: ${message}`];
    });
    assert.deepEqual(wrong, []);
  });
  await t.step("the core's door loads no package", () => {
    assert.deepEqual([...reachablePackages(graph, ["core-wasm/mod.ts"])], []);
  });
  await t.step("compute workers load no database, no network and no file system", () => {
    const compute = production.filter((path) => path.startsWith("workers/compute"));
    const found = [...reachablePackages(graph, compute)];
    assert.deepEqual(found.filter(([name]) => OUT_OF_COMPUTE.test(name)), []);
  });
});
