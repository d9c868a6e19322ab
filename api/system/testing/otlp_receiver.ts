/** A collector of OpenTelemetry data: OTLP over HTTP as JSON, kept in memory. */

export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface OtlpReceiver extends AsyncDisposable {
  readonly url: string;
  readonly metrics: ReadonlySet<string>;
  /** The first span that passes, past or to come. */
  waitFor(passes: (span: ReceivedSpan) => boolean): Promise<ReceivedSpan>;
}

interface RawValue {
  readonly stringValue?: string;
  readonly intValue?: string | number;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
}

interface RawSpan extends Omit<ReceivedSpan, "attributes"> {
  readonly attributes?: readonly { readonly key: string; readonly value: RawValue }[];
}

interface RawBody {
  readonly resourceSpans?: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly RawSpan[] }[];
  }[];
  readonly resourceMetrics?: readonly {
    readonly scopeMetrics: readonly { readonly metrics: readonly { readonly name: string }[] }[];
  }[];
}

export function startOtlpReceiver(): OtlpReceiver {
  const spans: ReceivedSpan[] = [];
  const metrics = new Set<string>();
  const watchers = new Set<(span: ReceivedSpan) => void>();

  function take(body: RawBody): void {
    for (const span of (body.resourceSpans ?? []).flatMap(spansOf)) {
      spans.push(span);
      for (const watch of watchers) watch(span);
    }
    for (const { scopeMetrics } of body.resourceMetrics ?? []) {
      for (const { name } of scopeMetrics.flatMap((scope) => scope.metrics)) metrics.add(name);
    }
  }

  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      take(await request.json());
      return Response.json({});
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    metrics,
    waitFor(passes) {
      const { promise, resolve } = Promise.withResolvers<ReceivedSpan>();
      const watch = (span: ReceivedSpan) => {
        if (!passes(span)) return;
        watchers.delete(watch);
        resolve(span);
      };
      watchers.add(watch);
      spans.forEach(watch);
      return promise;
    },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function spansOf(
  { scopeSpans }: NonNullable<RawBody["resourceSpans"]>[number],
): ReceivedSpan[] {
  return scopeSpans.flatMap(({ spans }) => spans).map(({ attributes = [], ...span }) => ({
    ...span,
    attributes: Object.fromEntries(
      attributes.map(({ key, value }) => [key, Object.values(value)[0]]),
    ),
  }));
}
