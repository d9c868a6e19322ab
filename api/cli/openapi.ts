/** Prints the OpenAPI document of the whole API: `deno task openapi > openapi.json`. */
import { createApp } from "../app.ts";
import { openPlatform } from "../boot.ts";
import { parseSettings } from "../platform/config.ts";
import type { Router } from "../platform/http/router.ts";

/** The document as the server answers it, indented. */
export async function renderOpenApi(app: Router): Promise<string> {
  const answer = await app.request("/openapi.json");
  return `${JSON.stringify(await answer.json(), null, 2)}\n`;
}

async function main(): Promise<void> {
  const dataDir = await Deno.makeTempDir({ prefix: "candlewick-openapi-" });
  const opened = await openPlatform(parseSettings({ DATA_DIR: dataDir }));
  try {
    const app = createApp(opened.platform, { localToken: null });
    await Deno.stdout.write(new TextEncoder().encode(await renderOpenApi(app)));
  } finally {
    await opened.close();
    await Deno.remove(dataDir, { recursive: true });
  }
}

if (import.meta.main) await main();
