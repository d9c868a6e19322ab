/** A Markdown table, padded as the formatter pads it. */
export function renderMarkdownTable(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const cells = [headers, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = headers.map((_, column) =>
    Math.max(3, ...cells.map((row) => [...(row[column] ?? "")].length))
  );
  const lines = cells.map((row) =>
    `| ${widths.map((width, column) => padded(row[column] ?? "", width)).join(" | ")} |`
  );
  lines.splice(1, 0, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`);
  return lines.join("\n");
}

function padded(cell: string, width: number): string {
  return cell + " ".repeat(width - [...cell].length);
}
