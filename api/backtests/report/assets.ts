/** The page's style and program, and the policy that lets these two and nothing else run. */
import { createHash } from "node:crypto";
import { stripTypeScriptTypes } from "node:module";

/** What a module uses comes before it; the last one starts the page. */
const MODULES = [
  "buckets",
  "unpacking",
  "levels",
  "view",
  "scales",
  "theme",
  "panes",
  "paint_candles",
  "paint_lines",
  "trade_text",
  "paint_trades",
  "chart",
  "overlay",
  "gestures",
  "trade_table",
  "start",
];

export interface PageAssets {
  readonly script: string;
  readonly style: string;
  /** A Content-Security-Policy for the page, without what only a header may say. */
  readonly policy: string;
}

/**
 * Reads the page's own sources. They are read and not imported, for they are written for a browser:
 * imported as text they would be checked against the types of a server.
 */
export async function readPageAssets(): Promise<PageAssets> {
  const texts = await Promise.all(MODULES.map((name) => readSource(`${name}.ts`)));
  const script = joinModules(texts);
  const style = await readSource("style.css");
  const policy = [
    "default-src 'none'",
    `script-src ${hashSource(script)}`,
    `style-src ${hashSource(style)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return { script, style, policy };
}

/** The header that goes with the page: the page's own policy, and no frame around it. */
export async function reportPolicy(): Promise<string> {
  return `${(await readPageAssets()).policy}; frame-ancestors 'none'`;
}

/** One script of several modules: types, imports, exports and comment blocks are taken out. */
export function joinModules(modules: readonly string[]): string {
  const parts = modules.map((text) =>
    stripTypeScriptTypes(text)
      .replace(/^import [^;]*;$/gm, "")
      .replace(/^export /gm, "")
      .replace(/^ *\/\*\*[^]*?\*\/$/gm, "")
      .replace(/[ \t]+$/gm, "")
      .replace(/\n{2,}/g, "\n")
  );
  return parts.join("\n");
}

async function readSource(name: string): Promise<string> {
  return await Deno.readTextFile(new URL(`./page/${name}`, import.meta.url));
}

function hashSource(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
