/** Tables as markup: real ones, that scroll on their own where a screen is narrow. */
import { type Markup, markup } from "./markup.ts";

export interface TableInput {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Leading columns that hold names; the others hold figures. */
  readonly names: number;
  /** Columns whose sign is coloured. */
  readonly toned?: readonly number[];
  /** The last row sums up the others. */
  readonly hasTotal?: boolean;
}

const ROWS_MAX = 200;
const CELL_CHARS_MAX = 200;

export function renderTable(table: TableInput): Markup {
  const { caption, head, names, rows, hasTotal = false } = table;
  const total = hasTotal ? rows.at(-1) : undefined;
  const lines = total === undefined ? rows : rows.slice(0, -1);
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
<table><caption><span>${caption}</span></caption>
<thead><tr>${
    head.map((title, index) =>
      markup`<th scope="col"${index < names ? null : NUMERIC}>${title}</th>`
    )
  }</tr></thead>
<tbody>
${bounded(lines, (row) => renderRow(row, table), head.length)}</tbody>
${
    total === undefined ? null : markup`<tfoot>
${renderRow(total, table)}</tfoot>
`
  }</table></div>
`;
}

const NUMERIC = markup` class="num"`;

/** How a figure is coloured: by its sign, which it also shows. */
export function toneOf(text: string): "neg" | "pos" | "flat" {
  if (/^-[^A-Za-z]*[1-9]/.test(text)) return "neg";
  return /^[^A-Za-z-]*[1-9]/.test(text) ? "pos" : "flat";
}

function renderRow(row: readonly string[], { names, toned = [] }: TableInput): Markup {
  return markup`<tr>${
    row.map((text, index) => {
      if (index < names) return markup`<th scope="row">${cut(text)}</th>`;
      const tone = toned.includes(index) ? ` ${toneOf(text)}` : "";
      return markup`<td class="num${tone}">${text}</td>`;
    })
  }</tr>
`;
}

/** The first and the last rows of a long list, and how many are between them. */
function bounded(
  rows: readonly (readonly string[])[],
  render: (row: readonly string[]) => Markup,
  columns: number,
): Markup[] {
  if (rows.length <= ROWS_MAX) return rows.map(render);
  const half = ROWS_MAX / 2;
  return [
    ...rows.slice(0, half).map(render),
    markup`<tr><td class="left-out" colspan="${columns}">${
      rows.length - ROWS_MAX
    } lines are left out here</td></tr>
`,
    ...rows.slice(-half).map(render),
  ];
}

function cut(text: string): string {
  return text.length > CELL_CHARS_MAX ? `${text.slice(0, CELL_CHARS_MAX)}…` : text;
}
