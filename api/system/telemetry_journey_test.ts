import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { type OtlpReceiver, startOtlpReceiver } from "./testing/otlp_receiver.ts";

const SERVER = fileURLToPath(new URL("../main.ts", import.meta.url));

interface TracedServer extends AsyncDisposable {
  readonly url: string;
}

/** A server process as a user starts it, whose telemetry goes to the receiver at once. */
async function startTraced(receiver: OtlpReceiver): Promise<TracedServer> {
  const dataDir = await Deno.makeTempDir({ prefix: "candlewick-traced-" });
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", SERVER, "--port", "0", "--data-dir", dataDir],
    env: {
      OTEL_DENO: "true",
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_BSP_SCHEDULE_DELAY: "50",
      OTEL_METRIC_EXPORT_INTERVAL: "200",
    },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (let match = null; match === null;) {
    const { done, value } = await lines.read();
    assert.ok(!done, "the server ended");
    text += value;
    match = /"event":"server started".*"port":(\d+)/.exec(text);
  }
  const port = /"event":"server started".*"port":(\d+)/.exec(text)?.[1];
  const draining = (async () => {
    while (!(await lines.read()).done);
  })();
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGTERM");
      await Promise.all([child.status, draining]);
      await Deno.remove(dataDir, { recursive: true });
    },
  };
}

async function post(url: string, json: unknown, token?: string) {
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(json),
  });
  const body = await answer.json();
  assert.equal(answer.status, 201, JSON.stringify(body));
  return body;
}

Deno.test("a job's run stands in the trace of the request that asked for it", async () => {
  await using receiver = startOtlpReceiver();
  {
    await using server = await startTraced(receiver);
    const { access_token: token, user } = await post(`${server.url}/api/v1/auth/register`, {
      username: "ann",
      email: "ann@example.com",
      password: "password of ann",
    });
    const body = { name: "purge_jobs", args: { older_than_days: 1 } };
    const { job_id } = await post(`${server.url}/api/v1/jobs`, body, token);

    const request = await receiver.waitFor(({ name }) => name === "POST /api/v1/jobs");
    const run = await receiver.waitFor(({ name }) => name === "job purge_jobs");
    assert.equal(run.traceId, request.traceId);
    assert.equal(run.parentSpanId, request.spanId);
    assert.equal(request.attributes["http.route"], "/api/v1/jobs");
    assert.equal(request.attributes["user.id"], user.id);
    assert.equal(run.attributes["job.id"], job_id);
    assert.equal(run.attributes["job.outcome"], "completed");
    assert.equal(run.attributes["request.id"], request.attributes["request.id"]);
  }
  assert.ok(receiver.metrics.has("http.server.request.duration"), [...receiver.metrics].join());
});

Deno.test("a request's trace goes on from the caller's, and no token leaves in it", async () => {
  await using receiver = startOtlpReceiver();
  await using server = await startTraced(receiver);
  const traceId = "0af7651916cd43dd8448eb211c80319c";
  const answer = await fetch(`${server.url}/api/v1/health?token=secret-of-ann&x=1`, {
    headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` },
  });
  await answer.body?.cancel();
  const span = await receiver.waitFor(({ name }) => name === "GET /api/v1/health");
  assert.equal(span.traceId, traceId);
  assert.equal(span.attributes["url.query"], "token=***&x=1");
  assert.ok(!JSON.stringify(span).includes("secret-of-ann"));
});
