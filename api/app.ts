/** The whole HTTP surface over an open platform. */
import { authRoutes } from "./auth/routes.ts";
import { auditRoutes } from "./audit/routes.ts";
import { createAccessLog } from "./audit/service.ts";
import { type Auth, createAuth, findStanding, passwordResetKind } from "./auth/service.ts";
import { createDetailTexts } from "./backtests/detail_texts.ts";
import { backtestJob } from "./backtests/job.ts";
import { backtestRoutes } from "./backtests/routes.ts";
import { getBacktest } from "./backtests/service.ts";
import { cacheRoutes } from "./cache/routes.ts";
import { CANDLEWICK_DOCUMENT } from "./description.ts";
import { indicatorRoutes } from "./indicators/routes.ts";
import { jobRoutes } from "./jobs/routes.ts";
import { getJob, type JobKind, type JobKinds, purgeJobsKind } from "./jobs/service.ts";
import { createKlineTexts } from "./market/kline_texts.ts";
import { marketRoutes } from "./market/routes.ts";
import { verifyCandlesKind } from "./market/service.ts";
import type { Actor, Ctx, Platform } from "./platform/context.ts";
import { answerPreflight, shareAnswers } from "./platform/http/cors.ts";
import { createDoorkeeper, type FindDoor } from "./platform/http/doors.ts";
import { unanswered } from "./platform/http/method_not_allowed.ts";
import { handleRequest } from "./platform/http/request.ts";
import { createRouter, type Router } from "./platform/http/router.ts";
import type { SnapshotReader } from "./realtime/connection.ts";
import { Hub } from "./realtime/hub.ts";
import { realtimeRoutes } from "./realtime/routes.ts";
import { strategyRoutes } from "./strategies/routes.ts";
import { getStrategy } from "./strategies/service.ts";
import { createVersionTexts } from "./strategies/version_texts.ts";
import { type ApiDocument, publishDocument } from "./system/docs/documents.ts";
import { docsRoutes } from "./system/docs/routes.ts";
import { systemRoutes } from "./system/routes.ts";
import { userRoutes } from "./users/routes.ts";

/** Every kind of job: public ones are submitted by name, all are listed by label. */
const JOB_KINDS: readonly JobKind[] = [
  purgeJobsKind,
  verifyCandlesKind,
  backtestJob,
  passwordResetKind,
];
const KINDS_BY_NAME: JobKinds = new Map(JOB_KINDS.map((kind) => [kind.name, kind]));

export interface AppOptions {
  /** What a command on this machine proves itself with; null refuses all such commands. */
  readonly localToken: string | null;
  /** The process's live connections; whoever serves sockets makes it, to stop it at the end. */
  readonly hub?: Hub;
  /** Which limits a request meets, in place of those of `rate_policies.ts`. */
  readonly findDoor?: FindDoor | undefined;
}

export function createApp(
  platform: Platform,
  { localToken, hub = createHub(platform), findDoor }: AppOptions,
): Router {
  const auth = createAuth(platform, { localToken });
  const app = createRouter();
  const doorkeeper = createDoorkeeper(platform, findDoor);
  const record = createAccessLog(platform);
  const origins = platform.settings.CORS_ORIGINS;
  if (origins.length > 0) app.use(shareAnswers(origins));
  app.use(handleRequest(platform, { authenticate: auth.authenticate, doorkeeper, record }));
  if (origins.length > 0) app.use(answerPreflight);
  app.onError((err) => {
    throw err;
  });
  app.notFound((c) => {
    throw unanswered(app, c);
  });
  app.route("/", systemRoutes());
  app.route("/", cacheRoutes());
  app.route("/", authRoutes(auth));
  app.route("/", userRoutes());
  app.route("/", auditRoutes());
  app.route("/", strategyRoutes(createVersionTexts(platform)));
  app.route("/", marketRoutes(createKlineTexts(platform)));
  app.route("/", backtestRoutes(createDetailTexts(platform)));
  app.route("/", indicatorRoutes());
  app.route("/", jobRoutes(JOB_KINDS));
  app.route("/", realtimeRoutes(hub, (ctx, token) => readToken(ctx, auth, token)));
  const documents: ApiDocument[] = [];
  app.route("/", docsRoutes(platform, documents));
  publishDocument(app, documents, CANDLEWICK_DOCUMENT);
  return app;
}

/** Live connections over these resources; nothing runs until the first one opens. */
export function createHub(platform: Platform): Hub {
  return new Hub(platform, {
    snapshots: SNAPSHOTS,
    findStanding: (actor) => findStanding(platform, actor),
  });
}

/** What a subscription to one resource shows first. */
const SNAPSHOTS: Readonly<Record<string, SnapshotReader>> = {
  job: async (ctx, id) => ({ data: await getJob(ctx, KINDS_BY_NAME, id), jobId: id }),
  backtest: async (ctx, id) => {
    const { equity_curve: _, ...data } = await getBacktest(ctx, id);
    return { data, jobId: data.job_id };
  },
  strategy: async (ctx, id) => {
    const { code: _, ...data } = await getStrategy(ctx, id);
    return { data, jobId: null };
  },
};

async function readToken(ctx: Ctx, auth: Auth, token: string): Promise<Actor | null> {
  const { address } = ctx;
  return await auth.authenticate(ctx, { authorization: `Bearer ${token}`, address });
}
