/** `.env.example`: every setting with its meaning and default, rendered from the one schema. */
import { settingsSchema } from "../platform/config.ts";

const HEADING = "Settings are environment variables; a line here shows the default. An empty " +
  "value counts as absent.";

/** The file's text; a test keeps the committed file equal to it. */
export function renderEnvExample(): string {
  const entries = Object.entries(settingsSchema.shape).map(([name, schema]) => {
    const standard = schema.safeParse(undefined);
    const value = standard.success ? String(standard.data ?? "") : "";
    return `${comment(`${schema.description ?? ""}.`)}\n# ${name}=${value}\n`;
  });
  return `${comment(HEADING)}\n\n${entries.join("\n")}`;
}

function comment(text: string): string {
  const lines: string[] = [];
  let line = "#";
  for (const word of text.split(" ")) {
    if (line.length + 1 + word.length > 100) {
      lines.push(line);
      line = "#";
    }
    line += ` ${word}`;
  }
  return [...lines, line].join("\n");
}
