/** How each operation was answered, out of schemathesis' own record of a run. */
import { renderMarkdownTable } from "../cli/markdown_table.ts";

/** Answers by operation (`GET /path`) and status; 0 stands for no answer at all. */
export type Histogram = Map<string, Map<number, number>>;

interface Line {
  readonly ScenarioFinished?: {
    readonly recorder: {
      readonly label: string;
      readonly interactions?: Readonly<
        Record<string, { readonly response: { readonly status_code: number } | null }>
      >;
    };
  };
}

/** Adds one record of newline-delimited JSON to what was counted before. */
export function countAnswers(record: string, histogram: Histogram): void {
  for (const text of record.split("\n")) {
    if (text === "") continue;
    const scenario = (JSON.parse(text) as Line).ScenarioFinished;
    if (scenario === undefined) continue;
    const { label, interactions } = scenario.recorder;
    const counts = histogram.get(label) ?? new Map<number, number>();
    histogram.set(label, counts);
    for (const { response } of Object.values(interactions ?? {})) {
      const status = response?.status_code ?? 0;
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
  }
}

export interface Verdict {
  readonly requests: number;
  /** Of all answers, how many are 2xx. */
  readonly goodRatio: number;
  readonly serverErrors: number;
  readonly unanswered: number;
  /** Operations that no role got a 2xx (a WebSocket: a 101) of. */
  readonly neverGood: readonly string[];
}

/** What the roles' histograms come to together. */
export function judge(histograms: readonly Histogram[]): Verdict {
  const all = histograms.flatMap((histogram) => [...histogram.values()]);
  const total = (holds: (status: number) => boolean) =>
    all.flatMap((counts) => [...counts]).filter(([status]) => holds(status))
      .reduce((sum, [, count]) => sum + count, 0);
  const labels = new Set(histograms.flatMap((histogram) => [...histogram.keys()]));
  const isReached = (label: string) =>
    histograms.some((histogram) => [...histogram.get(label)?.keys() ?? []].some(isGood));
  return {
    requests: total(() => true),
    goodRatio: total(isGood) / total(() => true),
    serverErrors: total((status) => status >= 500),
    unanswered: total((status) => status === 0),
    neverGood: [...labels].filter((label) => !isReached(label)).sort(),
  };
}

function isGood(status: number): boolean {
  return status === 101 || (status >= 200 && status < 300);
}

/** A row an operation, a column a role: `200 × 41, 404 × 3`. */
export function renderHistogram(roles: ReadonlyMap<string, Histogram>): string {
  const labels = [...new Set([...roles.values()].flatMap((each) => [...each.keys()]))].sort();
  const rows = labels.map((label) => [
    `\`${label}\``,
    ...[...roles.values()].map((histogram) => renderCounts(histogram.get(label))),
  ]);
  const totals = [...roles.values()].map((histogram) => renderCounts(sum(histogram)));
  return renderMarkdownTable(["operation", ...roles.keys()], [...rows, ["all", ...totals]]);
}

function renderCounts(counts: ReadonlyMap<number, number> = new Map()): string {
  return [...counts].sort(([a], [b]) => a - b)
    .map(([status, count]) => `${status === 0 ? "none" : status} × ${count}`).join(", ");
}

function sum(histogram: Histogram): Map<number, number> {
  const all = new Map<number, number>();
  for (const counts of histogram.values()) {
    for (const [status, count] of counts) all.set(status, (all.get(status) ?? 0) + count);
  }
  return all;
}
