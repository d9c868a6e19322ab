/** The reference's program: Scalar's browser bundle, read out of the package that carries it. */

/** What the package's Fastify plugin asks of Fastify, as far as the bundle's route needs it. */
interface RouteTaker {
  route(route: { url: string; handler: (request: unknown, reply: ReplyTaker) => unknown }): void;
  hasPlugin(name: string): boolean;
}

interface ReplyTaker {
  header(name: string, value: string): ReplyTaker;
  send(body: unknown): unknown;
}

type Plugin = (fastify: RouteTaker, options: unknown, next: () => void) => void;

const BUNDLE_URL = "/docs/js/scalar.js";

/**
 * Answers the bundle's text; the package (5 MB) is loaded by the first call.
 *
 * `@scalar/api-reference` itself brings 197 packages and 289 MB for this one file. The Fastify
 * plugin has it inside, hands it out over one route, and brings ten packages and 25 MB.
 *
 * @throws Error when the package no longer has that route.
 */
export async function readReferenceBundle(): Promise<string> {
  const module = await import("@scalar/fastify-api-reference");
  const plugin = module.default as unknown as Plugin;
  let text: unknown;
  const reply: ReplyTaker = { header: () => reply, send: (body) => text = body };
  const taker: RouteTaker = {
    hasPlugin: () => false,
    route({ url, handler }) {
      if (url === BUNDLE_URL) handler(null, reply);
    },
  };
  const options = { routePrefix: "/docs", configuration: { url: "/openapi.json" } };
  plugin(taker, options, () => {});
  if (typeof text !== "string") {
    throw new Error("Cannot find the API reference: its package has no such route");
  }
  return text;
}
