/** The whole HTTP surface over an open platform. */
import { cors } from "hono/cors";
import { authRoutes } from "./auth/routes.ts";
import { createAuth } from "./auth/service.ts";
import { backtestJob } from "./backtests/job.ts";
import { backtestRoutes } from "./backtests/routes.ts";
import { jobRoutes } from "./jobs/routes.ts";
import { type JobKind, purgeJobsKind } from "./jobs/service.ts";
import { marketRoutes } from "./market/routes.ts";
import { AppError } from "./platform/errors.ts";
import type { Platform } from "./platform/context.ts";
import { handleRequest } from "./platform/http/request.ts";
import { createRouter, type Router } from "./platform/http/router.ts";
import { strategyRoutes } from "./strategies/routes.ts";
import { systemRoutes } from "./system/routes.ts";
import { VERSION } from "./system/service.ts";
import { userRoutes } from "./users/routes.ts";

/** Every kind of job: public ones are submitted by name, all are listed by label. */
const JOB_KINDS: readonly JobKind[] = [purgeJobsKind, backtestJob];

export interface AppOptions {
  /** What a command on this machine proves itself with; null refuses all such commands. */
  readonly localToken: string | null;
}

export function createApp(platform: Platform, { localToken }: AppOptions): Router {
  const auth = createAuth(platform, { localToken });
  const app = createRouter();
  app.use(handleRequest(platform, auth.authenticate));
  if (platform.settings.CORS_ORIGINS.length > 0) {
    app.use(cors({
      origin: [...platform.settings.CORS_ORIGINS],
      allowHeaders: ["Authorization", "Content-Type", "Idempotency-Key", "X-Request-ID"],
      exposeHeaders: [
        "X-Request-ID",
        "Idempotent-Replayed",
        "Location",
        "Link",
        "Retry-After",
        "X-RateLimit-Limit",
        "X-RateLimit-Remaining",
        "X-RateLimit-Reset",
        "RateLimit",
        "RateLimit-Policy",
      ],
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
  app.route("/", authRoutes(auth));
  app.route("/", userRoutes());
  app.route("/", strategyRoutes());
  app.route("/", marketRoutes());
  app.route("/", backtestRoutes());
  app.route("/", jobRoutes(JOB_KINDS));
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
