/**
 * A libSQL server for tests: Hrana 2 and 3 as JSON over HTTP, above `node:sqlite`.
 *
 * Each stream has a connection of its own. A stream that is left idle is rolled back and closed,
 * as on a real server: a client that dies in a transaction would lock the database for ever.
 */
import { randomUUID } from "node:crypto";
import { pause } from "../clock.ts";
import type { PipelineBody, StreamRequest, StreamResult } from "./hrana_protocol.ts";
import { HranaStream } from "./hrana_stream.ts";

export interface HranaServer extends AsyncDisposable {
  readonly url: string;
  /** Streams that are open now. */
  readonly streams: number;
}

export interface HranaServerOptions {
  readonly path: string;
  /** A free one when absent. */
  readonly port?: number;
  /** After this long without a request a stream is rolled back. */
  readonly idleMs?: number;
  /** When given, requests must send it as a bearer token. */
  readonly authToken?: string;
}

const IDLE_MS = 10_000;

interface OpenStream {
  readonly stream: HranaStream;
  idle: AbortController;
}

export function startHranaServer(
  { path, port = 0, idleMs = IDLE_MS, authToken }: HranaServerOptions,
): HranaServer {
  const streams = new Map<string, OpenStream>();

  function keep(stream: HranaStream): string {
    const baton = randomUUID();
    const idle = new AbortController();
    streams.set(baton, { stream, idle });
    void pause(idleMs, idle.signal).then(() => {
      if (idle.signal.aborted) return;
      streams.delete(baton);
      stream.close();
    });
    return baton;
  }

  function take(baton: string | null | undefined): HranaStream | null {
    if (baton === null || baton === undefined) return new HranaStream(path);
    const open = streams.get(baton);
    if (open === undefined) return null;
    streams.delete(baton);
    open.idle.abort();
    return open.stream;
  }

  async function runPipeline(body: PipelineBody): Promise<Response> {
    const stream = take(body.baton);
    if (stream === null) {
      return Response.json({ message: "The stream has expired", code: "STREAM_EXPIRED" }, {
        status: 400,
      });
    }
    const results: StreamResult[] = [];
    for (const request of body.requests) results.push(await answer(stream, request));
    const baton = stream.isClosed ? null : keep(stream);
    return Response.json({ baton, base_url: null, results });
  }

  const server = Deno.serve(
    { hostname: "127.0.0.1", port, onListen: () => {} },
    async (request) => {
      if (
        authToken !== undefined && request.headers.get("Authorization") !== `Bearer ${authToken}`
      ) {
        return Response.json({ message: "Unauthorized" }, { status: 401 });
      }
      const { pathname } = new URL(request.url);
      if (/^\/v[23]$/.test(pathname)) return new Response(null);
      if (/^\/v[23]\/pipeline$/.test(pathname)) return await runPipeline(await request.json());
      return new Response(null, { status: 404 });
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    get streams() {
      return streams.size;
    },
    async [Symbol.asyncDispose]() {
      for (const { stream, idle } of streams.values()) {
        idle.abort();
        stream.close();
      }
      await server.shutdown();
    },
  };
}

async function answer(stream: HranaStream, request: StreamRequest): Promise<StreamResult> {
  try {
    return { type: "ok", response: await stream.run(request) };
  } catch (err) {
    return { type: "error", error: stream.describe(err) };
  }
}
