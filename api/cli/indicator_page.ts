/** docs/indicators.md: the registry as a page, grouped as the references group it. */
import { type IndicatorDescription, listIndicators } from "../../core-wasm/mod.ts";

const FAMILIES: Readonly<Record<IndicatorDescription["family"], string>> = {
  talib: "TA-Lib",
  column: "Column operations",
  window: "Windows",
  qtpylib: "qtpylib",
  technical: "technical, pandas_ta, ta, finta",
  time: "Time",
};

export function renderIndicatorPage(): string {
  const all = listIndicators();
  const families = Object.keys(FAMILIES).filter((family) =>
    all.some((row) => row.family === family)
  );
  return [
    "# Indicators",
    "",
    "Made from the registry; `GET /api/v1/indicators` answers the same. Parameters show their",
    "default and range; an indicator marked _settles_ depends on every earlier row, ever less.",
    "",
    ...families.flatMap((family) =>
      familySection(family, all.filter((row) => row.family === family))
    ),
  ].join("\n");
}

function familySection(family: string, rows: readonly IndicatorDescription[]): string[] {
  const groups = Map.groupBy(rows, ({ group }) => group);
  return [
    `## ${FAMILIES[family as IndicatorDescription["family"]]} (${rows.length})`,
    "",
    ...[...groups].flatMap(([group, members]) => [
      `### ${group} (${members.length})`,
      "",
      ...members.map(indicatorLine),
      "",
    ]),
  ];
}

function indicatorLine(row: IndicatorDescription): string {
  const inputs = row.inputs.map(({ name }) => name).join(", ");
  const parameters = row.parameters.map(({ name, default: value, min, max }) =>
    `${name} = ${value} (${bound(min)} to ${bound(max)})`
  );
  const outputs = row.outputs.map(({ name }) => name).join(", ");
  const call = [inputs, ...parameters].filter((part) => part !== "").join("; ");
  return `- \`${row.name}\`: ${row.summary}. Takes ${call}; gives ${outputs}` +
    `${row.unstable ? "; _settles_" : ""}.`;
}

function bound(value: number): string {
  return Math.abs(value) >= 1e30 ? (value < 0 ? "-∞" : "∞") : String(value);
}
