/** An analysis as the API shows it. */
import { analyzeSource, type ClassAnalysis } from "./analyze.ts";
import type { StrategyAnalysis } from "./schema.ts";

/** Analyses a text; never throws for what a text can hold. */
export function analyzeText(text: string): StrategyAnalysis {
  const classes = analyzeSource(text);
  return {
    accepted: classes.some(({ accepted }) => accepted),
    classes: classes.map(toClass),
  };
}

function toClass(analysis: ClassAnalysis): StrategyAnalysis["classes"][number] {
  return {
    class_name: analysis.className,
    accepted: analysis.accepted,
    refusals: analysis.refusals.map(({ line, column, code, message, hint }) => ({
      line,
      column,
      code,
      message,
      hint,
    })),
    warnings: analysis.warnings.map(({ line, column, code, message }) => ({
      line,
      column,
      code,
      message,
      hint: "",
    })),
    timeframe: analysis.timeframe,
    startup_candle_count: analysis.startupCandleCount,
    warm_up: analysis.warmUp,
    parameters: analysis.parameters.map((parameter) => ({ ...parameter })),
    callbacks: [...analysis.callbacks],
    indicators: { ...analysis.indicators },
  };
}
