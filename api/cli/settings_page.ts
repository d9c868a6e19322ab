/** docs/settings.md: every setting with its default, what it may be, and its meaning. */
import { z } from "zod";
import { settingsSchema } from "../platform/config.ts";
import { renderMarkdownTable } from "./markdown_table.ts";

const INTRODUCTION = `# Settings

Made from the schema that reads them. A setting is an environment variable; an empty value counts as
absent. \`deno task start\` also takes \`--port\`, \`--host\` and \`--data-dir\`, which win over the
environment. A value that is not allowed stops the start with the setting's name and what is
allowed. A secret is never shown, neither in that message nor in a log.`;

/** The page's text; a test keeps the committed file equal to it. */
export function renderSettingsPage(): string {
  const rows = Object.entries(settingsSchema.shape).map(([name, schema]) => [
    `\`${name}\``,
    defaultOf(schema),
    allowedBy(schema),
    `${schema.description ?? ""}.`,
  ]);
  const table = renderMarkdownTable(["setting", "default", "allowed", "meaning"], rows);
  return `${INTRODUCTION}\n\n${table}\n`;
}

function defaultOf(schema: z.ZodType): string {
  const standard = schema.safeParse(undefined);
  const value = standard.success ? String(standard.data ?? "") : "";
  return value === "" ? "" : `\`${value}\``;
}

const allowed = z.object({
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});

function allowedBy(schema: z.ZodType): string {
  const { enum: names, minimum, maximum } = allowed.parse(
    z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }),
  );
  if (names !== undefined) return names.map((name) => `\`${name}\``).join(", ");
  if (minimum === undefined || maximum === undefined) return "text";
  return `${minimum} to ${maximum}`;
}
