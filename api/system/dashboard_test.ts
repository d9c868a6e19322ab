import assert from "node:assert/strict";
import { createTestApp } from "../testing.ts";

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly gridPos: { readonly x: number; readonly w: number };
  readonly targets?: readonly { readonly expr: string }[];
}

async function readPanels(): Promise<readonly Panel[]> {
  const file = new URL("../../docs/grafana/dashboard.json", import.meta.url);
  return JSON.parse(await Deno.readTextFile(file)).panels;
}

/** Names and labels that `/metrics` declares; a metric without samples has no label yet. */
async function readMetrics(): Promise<ReadonlySet<string>> {
  await using test = await createTestApp();
  const metrics = await test.platform.telemetry.registry.getMetricsAsJSON();
  return new Set(metrics.map(({ name }) => name));
}

Deno.test("the dashboard asks only for metrics that the server has, and for each of them", async () => {
  const metrics = await readMetrics();
  const asked = new Set<string>();
  for (const { title, targets = [] } of await readPanels()) {
    for (const { expr } of targets) {
      const [name = ""] = expr.match(/candlewick_\w+/) ?? [];
      const base = name.replace(/_(bucket|count|sum)$/, "");
      assert.ok(metrics.has(base), `${title}: ${name}`);
      asked.add(base);
    }
  }
  const own = [...metrics].filter((name) => name.startsWith("candlewick_"));
  assert.deepEqual(own.filter((name) => !asked.has(name)), []);
});

Deno.test("the dashboard's panels have ids of their own, a query and a place within its width", async () => {
  const panels = await readPanels();
  assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
  for (const { title, type, targets = [], gridPos } of panels) {
    assert.equal(targets.length > 0, type !== "row", title);
    assert.ok(gridPos.x + gridPos.w <= 24, title);
  }
});
