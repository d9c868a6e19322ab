/** Makes a report in a thread of its own: the loop that answers requests never waits for it. */
import type { CandleColumns } from "../../core-wasm/mod.ts";
import type { WantedSeries } from "./run/mod.ts";
import type { ReportOrder } from "./report_task.ts";
import type { ReportAnswer, ReportQuestion } from "./report_worker.ts";

export interface ReportFeed {
  /** Reads one pair's candles; their buffers move to the thread. */
  readonly load: (series: WantedSeries, startMs: number) => Promise<CandleColumns>;
  /** Ends the thread, whatever it does. */
  readonly signal: AbortSignal;
}

const WORKER = new URL("./report_worker.ts", import.meta.url);

/** The page as UTF-8. The buffers of the order move to the thread. */
export async function renderApart(
  order: ReportOrder,
  { load, signal }: ReportFeed,
): Promise<Uint8Array<ArrayBuffer>> {
  signal.throwIfAborted();
  const thread = new ReportThread(new Worker(WORKER, { type: "module", name: "report" }), signal);
  try {
    const bytes = [order.resultBytes, order.statisticsBytes, order.plotBytes];
    const opened = await thread.ask({ type: "open", order }, buffersOf(bytes));
    if (opened.type !== "wants") throw new Error("A report's thread did not say what it wants");
    const { series, startMs } = opened.wants;
    for (const each of series) {
      const candles = await load(each, startMs);
      const { date, open, high, low, close, volume } = candles;
      const buffers = buffersOf([date, open, high, low, close, volume]);
      await thread.ask({ type: "pair", pair: each.pair, candles }, buffers);
    }
    const rendered = await thread.ask({ type: "render" }, []);
    if (rendered.type !== "page") throw new Error("A report's thread gave no page");
    return rendered.page;
  } finally {
    thread.end();
  }
}

/** Each buffer once: columns may share one. */
function buffersOf(views: readonly (ArrayBufferView | null)[]): ArrayBuffer[] {
  return [...new Set(views.flatMap((view) => view === null ? [] : view.buffer as ArrayBuffer))];
}

/** One thread, asked one thing at a time. */
class ReportThread {
  readonly #worker: Worker;
  readonly #signal: AbortSignal;
  readonly #onAbort = () => this.#fail(this.#signal.reason);
  #waiting = Promise.withResolvers<ReportAnswer>();

  constructor(worker: Worker, signal: AbortSignal) {
    this.#worker = worker;
    this.#signal = signal;
    signal.addEventListener("abort", this.#onAbort, { once: true });
    worker.onmessage = ({ data }: MessageEvent<ReportAnswer>) => {
      if (data.type === "failed") this.#fail(brokenThread(data.message, data.stack));
      else this.#waiting.resolve(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(brokenThread(event.message, null));
    };
  }

  async ask(question: ReportQuestion, transfer: Transferable[]): Promise<ReportAnswer> {
    this.#waiting = Promise.withResolvers();
    this.#worker.postMessage(question, transfer);
    if (this.#signal.aborted) this.#fail(this.#signal.reason);
    return await this.#waiting.promise;
  }

  end(): void {
    this.#signal.removeEventListener("abort", this.#onAbort);
    this.#worker.terminate();
  }

  #fail(reason: unknown): void {
    this.#waiting.promise.catch(() => {});
    this.#waiting.reject(reason);
  }
}

function brokenThread(message: string, stack: string | null): Error {
  const err = new Error(`Cannot make the report: ${message}`);
  if (stack !== null) err.stack = stack;
  return err;
}
