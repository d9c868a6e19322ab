/** A backtest's report as the demo prints it, out of what the API answered. */
import Table from "cli-table3";
import { z } from "zod";
import { sparkline } from "./sparkline.ts";

const WIDTH = 60;

const groupLine = z.object({
  key: z.union([z.string(), z.array(z.string())]),
  trades: z.number(),
  profit_mean_pct: z.number(),
  profit_total_abs: z.number(),
  profit_total_pct: z.number(),
  wins: z.number(),
  losses: z.number(),
});

type GroupLine = z.infer<typeof groupLine>;

/** The part of `GET /api/v1/backtests/{id}` that the demo shows. */
export const demoResultSchema = z.object({
  id: z.string(),
  results: z.object({
    total_return: z.string(),
    sharpe_ratio: z.string().nullable(),
    max_drawdown: z.string(),
    win_rate: z.string(),
    profit_factor: z.string().nullable(),
    total_trades: z.number(),
    statistics: z.object({
      stake_currency: z.string(),
      starting_balance: z.number(),
      final_balance: z.number(),
      results_per_pair: z.array(groupLine),
      exit_reason_summary: z.array(groupLine),
    }),
  }),
  equity_curve: z.array(z.object({ timestamp: z.string(), equity: z.string() })),
});

export type DemoResult = z.infer<typeof demoResultSchema>;

export function renderDemoReport({ results, equity_curve }: DemoResult): string {
  const { statistics: stats } = results;
  const coin = stats.stake_currency;
  const equity = Float64Array.from(equity_curve, (point) => Number(point.equity));
  return [
    drawTable("SUMMARY", ["Metric", "Value"], [
      ["Total profit", `${fixed(results.total_return)} %`],
      [
        "Balance",
        `${stats.starting_balance.toFixed(2)} -> ${stats.final_balance.toFixed(2)} ${coin}`,
      ],
      ["Trades", String(results.total_trades)],
      ["Win rate", `${fixed(results.win_rate)} %`],
      ["Profit factor", fixed(results.profit_factor)],
      ["Sharpe", fixed(results.sharpe_ratio)],
      ["Maximum drawdown", `${fixed(results.max_drawdown)} %`],
    ]),
    groupTable("PER PAIR", "Pair", stats.results_per_pair, coin),
    groupTable("EXIT REASONS", "Exit reason", stats.exit_reason_summary, coin),
    `Equity ${equity[0]?.toFixed(2)} ${sparkline(equity, WIDTH)} ${equity.at(-1)?.toFixed(2)}`,
  ].join("\n");
}

function groupTable(
  title: string,
  name: string,
  lines: readonly GroupLine[],
  coin: string,
): string {
  const head = [name, "Trades", "Avg profit %", `Profit ${coin}`, "Profit %", "Wins", "Losses"];
  return drawTable(
    title,
    head,
    lines.map((line) => [
      typeof line.key === "string" ? line.key : line.key.join(" "),
      String(line.trades),
      line.profit_mean_pct.toFixed(2),
      line.profit_total_abs.toFixed(2),
      line.profit_total_pct.toFixed(2),
      String(line.wins),
      String(line.losses),
    ]),
  );
}

function drawTable(title: string, head: string[], rows: string[][]): string {
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  table.push(...rows);
  return `${title}\n${table.toString()}`;
}

function fixed(figure: string | null): string {
  return figure === null ? "-" : Number(figure).toFixed(2);
}
