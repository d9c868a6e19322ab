/** The metrics of one process, in Prometheus form. */
import { Counter, Gauge, Histogram, Registry } from "prom-client";

export interface Telemetry {
  readonly registry: Registry;
  readonly httpRequests: Counter<"method" | "route" | "status">;
  readonly httpSeconds: Histogram<"method" | "route">;
  readonly jobsFinished: Counter<"kind" | "outcome">;
  readonly jobSeconds: Histogram<"kind">;
  readonly jobsWaiting: Gauge<"kind">;
  readonly databaseSeconds: Histogram<"operation">;
  readonly coreSeconds: Histogram<"stage">;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export function createTelemetry(): Telemetry {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    httpRequests: new Counter({
      name: "candlewick_http_requests_total",
      help: "Answered requests",
      labelNames: ["method", "route", "status"],
      registers,
    }),
    httpSeconds: new Histogram({
      name: "candlewick_http_request_seconds",
      help: "Time from request to answer",
      labelNames: ["method", "route"],
      buckets: SECONDS,
      registers,
    }),
    jobsFinished: new Counter({
      name: "candlewick_jobs_finished_total",
      help: "Runs of jobs by outcome",
      labelNames: ["kind", "outcome"],
      registers,
    }),
    jobSeconds: new Histogram({
      name: "candlewick_job_seconds",
      help: "Time a run of a job took",
      labelNames: ["kind"],
      buckets: SECONDS,
      registers,
    }),
    jobsWaiting: new Gauge({
      name: "candlewick_jobs_waiting",
      help: "Jobs that wait for a worker",
      labelNames: ["kind"],
      registers,
    }),
    databaseSeconds: new Histogram({
      name: "candlewick_database_seconds",
      help: "Time of write transactions, waiting included",
      labelNames: ["operation"],
      buckets: SECONDS,
      registers,
    }),
    coreSeconds: new Histogram({
      name: "candlewick_core_seconds",
      help: "Time in the compute core by stage",
      labelNames: ["stage"],
      buckets: SECONDS,
      registers,
    }),
  };
}
