/** The reference's page: one document, one program, and the policy that lets nothing else in. */
import { createHash } from "node:crypto";
import type { ApiDocument } from "./documents.ts";

export interface DocsPage {
  readonly html: string;
  readonly policy: string;
}

/** System fonts, and colours dark or light enough on their ground (4.5 to 1). */
const STYLE = `
:root { --scalar-font: system-ui, sans-serif; --scalar-font-code: ui-monospace, monospace; }
.light-mode {
  --scalar-color-1: #1b1b1b;
  --scalar-color-2: #5a5a5a;
  --scalar-color-3: #666;
  --scalar-color-accent: #0066b3;
  --scalar-color-green: #04683f;
  --scalar-color-red: #b42318;
  --scalar-color-yellow: #8a5a00;
  --scalar-color-blue: #0066b3;
  --scalar-color-orange: #a34700;
  --scalar-color-purple: #6b3fa0;
}
.dark-mode {
  --scalar-color-1: #ececec;
  --scalar-color-2: #b4b4b4;
  --scalar-color-3: #9a9a9a;
  --scalar-color-accent: #4fb8ff;
  --scalar-color-green: #3ecf8e;
  --scalar-color-red: #ff8a80;
  --scalar-color-yellow: #f5c451;
  --scalar-color-blue: #4fb8ff;
  --scalar-color-orange: #ffa657;
  --scalar-color-purple: #c4a1ff;
}
`;

/** Everything that would call another host, or offer to, is off. */
const OPTIONS = {
  _integration: "html",
  agent: { disabled: true },
  mcp: { disabled: true },
  telemetry: false,
  withDefaultFonts: false,
  hideClientButton: true,
  showDeveloperTools: "never",
  proxyUrl: "",
  persistAuth: true,
  customCss: STYLE,
  authentication: { preferredSecurityScheme: "bearerAuth" },
  featuredClients: ["shell/curl", "python/requests", "js/fetch", "node/undici"],
  hiddenClients: { shell: ["httpie", "wget"] },
};

/** Renders the page over `documents`, the first one shown at first. */
export function renderDocsPage(documents: readonly ApiDocument[], bundlePath: string): DocsPage {
  const sources = documents.map(({ slug, title, path }, index) => ({
    slug,
    title,
    url: path,
    default: index === 0,
  }));
  const start = `Scalar.createApiReference("#reference", ${
    JSON.stringify({ ...OPTIONS, sources }).replaceAll("<", "\\u003c")
  });`;
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Candlewick API</title>
<link rel="icon" href="data:,">
</head>
<body>
<noscript>This page needs JavaScript. The documents it shows: ${links(documents)}</noscript>
<div id="reference"></div>
<script src="${bundlePath}"></script>
<script>${start}</script>
</body>
</html>
`;
  return { html, policy: policyOf(start) };
}

function links(documents: readonly ApiDocument[]): string {
  return documents.map(({ path, title }) => `<a href="${path}">${escape(title)}</a>`).join(", ");
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** The program sets styles as it runs, so styles are the one thing that may stand in the page. */
function policyOf(inlineScript: string): string {
  const hash = createHash("sha256").update(inlineScript).digest("base64");
  return [
    "default-src 'none'",
    `script-src 'self' 'sha256-${hash}'`,
    "style-src 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
