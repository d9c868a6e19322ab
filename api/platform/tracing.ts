/**
 * Traces through the runtime's own OpenTelemetry: `OTEL_DENO=true` makes Deno trace requests and
 * send them; this names them by route, adds spans of jobs, and carries a trace from one to the
 * other. Without it nothing is loaded and nothing happens.
 */
import type { Context } from "@opentelemetry/api";

export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** A span while its work goes on. */
export interface OpenSpan {
  set(attributes: SpanAttributes): void;
}

export interface SpanOptions {
  /** A W3C `traceparent` from elsewhere; null continues what is under way. */
  readonly parent: string | null;
  readonly attributes: SpanAttributes;
}

export interface Tracing {
  /** The `traceparent` of what is under way; null when nothing is traced. */
  current(): string | null;
  /** Tells what the request under way turned out to be. */
  nameRequest(name: string, attributes: () => SpanAttributes): void;
  /** Runs work in a span of its own; a throw marks the span as failed, by its error's name. */
  span<T>(name: string, options: SpanOptions, work: (span: OpenSpan) => Promise<T>): Promise<T>;
}

const TRACE_PARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

export async function openTracing(isOn: boolean): Promise<Tracing> {
  return isOn ? await openDenoTracing() : NO_TRACING;
}

const NO_TRACING: Tracing = {
  current: () => null,
  nameRequest: () => {},
  span: (_name, _options, work) => work({ set: () => {} }),
};

async function openDenoTracing(): Promise<Tracing> {
  const { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } = await import(
    "@opentelemetry/api"
  );
  const tracer = trace.getTracer("candlewick");

  function contextOf(parent: string | null): Context {
    const match = TRACE_PARENT.exec(parent ?? "");
    const [, traceId, spanId, flags] = match ?? [];
    if (traceId === undefined || spanId === undefined) return context.active();
    const traceFlags = Number.parseInt(flags ?? "0", 16);
    return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
  }

  return {
    current() {
      const span = trace.getActiveSpan()?.spanContext();
      if (span === undefined) return null;
      const flags = span.traceFlags.toString(16).padStart(2, "0");
      return `00-${span.traceId}-${span.spanId}-${flags}`;
    },
    nameRequest(name, attributes) {
      const span = trace.getActiveSpan();
      span?.updateName(name);
      span?.setAttributes({ ...attributes() });
    },
    span(name, { parent, attributes }, work) {
      const options = { kind: SpanKind.CONSUMER, attributes: { ...attributes } };
      return tracer.startActiveSpan(name, options, contextOf(parent), async (span) => {
        try {
          return await work({ set: (more) => void span.setAttributes({ ...more }) });
        } catch (err) {
          const message = err instanceof Error ? err.name : "unknown";
          span.setStatus({ code: SpanStatusCode.ERROR, message });
          throw err;
        } finally {
          span.end();
        }
      });
    },
  };
}

/** What a log line says of its trace: nothing outside of one. */
export function traceField(traceParent: string | null): { trace_id?: string } {
  const traceId = TRACE_PARENT.exec(traceParent ?? "")?.[1];
  return traceId === undefined ? {} : { trace_id: traceId };
}
