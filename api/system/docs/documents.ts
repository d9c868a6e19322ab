/** The OpenAPI documents of one app: each is served at its path and listed on the docs page. */
import type { Router } from "../../platform/http/router.ts";
import { VERSION } from "../service.ts";

export interface ApiDocument {
  /** Names the document in the page's address. */
  readonly slug: string;
  readonly title: string;
  readonly path: string;
}

export interface PublishedDocument extends ApiDocument {
  /** Markdown. */
  readonly description: string;
  /** What each tag stands for, in the order in which the page shows them. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Serves the OpenAPI 3.1 document of `app`'s routes and adds it to `documents`. */
export function publishDocument(
  app: Router,
  documents: ApiDocument[],
  { slug, title, path, description, tags }: PublishedDocument,
): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "bearerAuth", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "The `access_token` that registering and signing in answer with.",
  });
  app.get(path, (c) => {
    const document = app.getOpenAPI31Document({
      openapi: "3.1.0",
      info: {
        title,
        version: VERSION,
        description,
        license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
      },
      servers: [{ url: "/", description: "The server that answers this document" }],
      tags: Object.entries(tags).map(([name, text]) => ({ name, description: text })),
    });
    describeIds(document);
    return c.json(document, 200);
  });
  documents.push({ slug, title, path });
}

const EXAMPLE_ID = "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e";

/** Gives every id an example, and every id in a path the words that its name says. */
function describeIds(node: unknown): void {
  if (Array.isArray(node)) return node.forEach(describeIds);
  if (!isRecord(node)) return;
  if (node.type === "string" && node.format === "uuid") node.example ??= EXAMPLE_ID;
  if (node.in === "path" && typeof node.name === "string" && node.name.endsWith("_id")) {
    node.description ??= `Id of the ${node.name.slice(0, -3).replaceAll("_", " ")}`;
  }
  Object.values(node).forEach(describeIds);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
