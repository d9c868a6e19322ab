/** The entry of the thread that makes one report: a question after the other, each answered once. */
import type { CandleColumns } from "../../core-wasm/mod.ts";
import {
  openReportTask,
  type ReportOrder,
  type ReportTask,
  type ReportWants,
} from "./report_task.ts";

export type ReportQuestion =
  | { readonly type: "open"; readonly order: ReportOrder }
  | { readonly type: "pair"; readonly pair: string; readonly candles: CandleColumns }
  | { readonly type: "render" };

export type ReportAnswer =
  | { readonly type: "wants"; readonly wants: ReportWants }
  | { readonly type: "taken" }
  | { readonly type: "page"; readonly page: Uint8Array<ArrayBuffer> }
  | { readonly type: "failed"; readonly message: string; readonly stack: string | null };

interface Port {
  onmessage: ((event: MessageEvent<ReportQuestion>) => void) | null;
  postMessage(answer: ReportAnswer, transfer: Transferable[]): void;
}

/** Inside a worker the global scope is the port; the window's types do not say so. */
serveReport(globalThis as unknown as Port);

function serveReport(port: Port): void {
  let task: ReportTask | null = null;
  const answer = async (question: ReportQuestion): Promise<ReportAnswer> => {
    if (question.type === "open") {
      task = await openReportTask(question.order);
      return { type: "wants", wants: task.wants };
    }
    if (task === null) throw new Error("A report was asked for before it was opened");
    if (question.type === "render") return { type: "page", page: await task.render() };
    await task.addPair(question.pair, question.candles);
    return { type: "taken" };
  };
  port.onmessage = async ({ data }) => {
    try {
      const given = await answer(data);
      port.postMessage(given, given.type === "page" ? [given.page.buffer] : []);
    } catch (err) {
      const { message, stack = null } = err instanceof Error ? err : new Error(String(err));
      port.postMessage({ type: "failed", message, stack }, []);
    }
  };
}
