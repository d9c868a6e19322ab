/** The whole HTTP surface over an open platform. */
import { cors } from "hono/cors";
import { AppError } from "./platform/errors.ts";
import type { Platform } from "./platform/context.ts";
import { type Authenticate, handleRequest } from "./platform/http/request.ts";
import { createRouter, type Router } from "./platform/http/router.ts";
import { systemRoutes } from "./system/routes.ts";
import { VERSION } from "./system/service.ts";

export interface AppOptions {
  readonly authenticate: Authenticate;
}

export function createApp(platform: Platform, { authenticate }: AppOptions): Router {
  const app = createRouter();
  app.use(handleRequest(platform, authenticate));
  if (platform.settings.CORS_ORIGINS.length > 0) {
    app.use(cors({
      origin: [...platform.settings.CORS_ORIGINS],
      allowHeaders: ["Authorization", "Content-Type", "Idempotency-Key", "X-Request-ID"],
      exposeHeaders: ["X-Request-ID", "Idempotent-Replayed", "Location", "Link", "Retry-After"],
      maxAge: 600,
    }));
  }
  app.onError((err) => {
    throw err;
  });
  app.notFound(() => {
    throw new AppError("NOT_FOUND", "Cannot find the route: no such method and path");
  });
  app.route("/", systemRoutes());
  app.openAPIRegistry.registerComponent("securitySchemes", "bearerAuth", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
  });
  app.doc31("/openapi.json", {
    openapi: "3.1.0",
    info: {
      title: "Candlewick",
      version: VERSION,
      description: "A trading-bot platform: strategies, backtests, candles and jobs.",
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    },
    servers: [{ url: "/" }],
  });
  return app;
}
