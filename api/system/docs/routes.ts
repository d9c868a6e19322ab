/** `/docs`: the API reference, served whole by this process and public. */
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Context } from "hono";
import type { Platform } from "../../platform/context.ts";
import { AppError } from "../../platform/errors.ts";
import type { Env } from "../../platform/http/env.ts";
import { createRouter, type Router } from "../../platform/http/router.ts";
import type { ApiDocument } from "./documents.ts";
import { renderDocsPage } from "./page.ts";
import { readReferenceBundle } from "./reference_bundle.ts";

interface Bundle {
  readonly path: string;
  readonly gzip: Uint8Array<ArrayBuffer>;
  readonly text: string;
}

const WEEK_MS = 604_800_000;

/** The page and its program; `documents` is read when the page is asked for. */
export function docsRoutes(platform: Platform, documents: readonly ApiDocument[]): Router {
  const bundles = platform.caches.create<Promise<Bundle>>({
    name: "docs",
    entriesMax: 1,
    lifetimeMs: WEEK_MS,
  });
  const loadBundle = () => {
    const known = bundles.get("bundle") ?? packBundle();
    bundles.set("bundle", known);
    known.catch(() => bundles.delete("bundle"));
    return known;
  };
  const router = createRouter();
  router.get("/docs", async (c) => {
    const { html, policy } = renderDocsPage(documents, (await loadBundle()).path);
    return answer(c, html, {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": policy,
      "Cache-Control": "no-cache",
      ETag: `"${hashOf(html)}"`,
    });
  });
  router.get("/docs/", (c) => c.redirect("/docs", 308));
  router.get("/docs/assets/:file", async (c) => {
    const { path, gzip, text } = await loadBundle();
    if (path !== c.req.path) {
      throw new AppError("NOT_FOUND", "Cannot find the file: the page names the current one");
    }
    const packed = /\bgzip\b/.test(c.req.header("accept-encoding") ?? "");
    return answer(c, packed ? gzip : text, {
      "Content-Type": "text/javascript; charset=utf-8",
      "Cache-Control": "public, max-age=31536000, immutable",
      Vary: "Accept-Encoding",
      ETag: `"${path.slice(path.lastIndexOf("/") + 1)}${packed ? "-gzip" : ""}"`,
      ...(packed ? { "Content-Encoding": "gzip" } : {}),
    });
  });
  return router;
}

async function packBundle(): Promise<Bundle> {
  const text = await readReferenceBundle();
  return { path: `/docs/assets/reference-${hashOf(text)}.js`, gzip: gzipSync(text), text };
}

function answer(
  c: Context<Env>,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Response {
  const known = (c.req.header("if-none-match") ?? "").split(",").map((tag) =>
    tag.trim().replace(/^W\//, "")
  );
  if (known.includes(headers.ETag ?? "")) return c.body(null, 304, headers);
  return c.body(body, 200, headers);
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
