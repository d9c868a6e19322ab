/** Which of freqtrade's callbacks a class overrides, and which of them do nothing. */
import { findAttribute } from "./classes.ts";
import type { Range } from "./refusal.ts";
import type { Expr, Stmt } from "./syntax.ts";
import type { ClassValue } from "./values.ts";
import type { StrategyAttributes } from "./resolve.ts";

export interface Callback {
  readonly name: string;
  readonly at: Range;
  /** True: it answers what freqtrade assumes without it, or freqtrade never asks. */
  readonly inert: boolean;
}

/** The answers, as written, that change nothing. `-` stands for no return at all. */
const INERT: Readonly<Record<string, readonly string[]>> = {
  bot_start: ["-", "None"],
  bot_loop_start: ["-", "None"],
  check_entry_timeout: ["False"],
  check_exit_timeout: ["False"],
  check_buy_timeout: ["False"],
  check_sell_timeout: ["False"],
  confirm_trade_entry: ["True"],
  confirm_trade_exit: ["True"],
  custom_entry_price: ["proposed_rate"],
  custom_exit_price: ["proposed_rate"],
  custom_exit: ["-", "None", "False"],
  custom_sell: ["-", "None", "False"],
  custom_roi: ["-", "None"],
  custom_stake_amount: ["proposed_stake"],
  custom_stoploss: ["-", "None"],
  adjust_trade_position: ["-", "None"],
  adjust_order_price: [],
  adjust_entry_price: ["current_order_rate"],
  adjust_exit_price: ["current_order_rate"],
  leverage: ["1", "1.0"],
  order_filled: ["-", "None"],
  informative_pairs: ["[]"],
};

export interface CallbackSetting {
  readonly attributes: StrategyAttributes | null;
  readonly futures: boolean;
}

export function callbacksOf(of: ClassValue, setting: CallbackSetting): Callback[] {
  const callbacks: Callback[] = [];
  for (const [name, answers] of Object.entries(INERT)) {
    const found = findAttribute(of, name)?.value;
    if (found === undefined) continue;
    const node = found.kind === "function" && found.node.kind === "function" ? found.node : null;
    const answer = node === null ? null : onlyAnswer(node.body);
    callbacks.push({
      name,
      at: node?.nameAt ?? of.at,
      inert: (answer !== null && answers.includes(answer)) || neverAsked(name, setting),
    });
  }
  return callbacks;
}

function neverAsked(name: string, { attributes, futures }: CallbackSetting): boolean {
  // Which pairs are downloaded changes no column of the traded pair.
  if (name === "informative_pairs") return true;
  if (name === "leverage") return !futures;
  if (attributes === null) return false;
  if (name === "custom_stoploss") return !attributes.useCustomStoploss;
  return name === "adjust_trade_position" && !attributes.positionAdjustmentEnable;
}

function onlyAnswer(body: readonly Stmt[]): string | null {
  const [only, more] = body.filter((statement) =>
    statement.kind !== "pass" &&
    !(statement.kind === "expression" && statement.value.kind === "constant")
  );
  if (only === undefined) return "-";
  if (only.kind !== "return" || more !== undefined) return null;
  return only.value === null ? "-" : spelled(only.value);
}

function spelled(expr: Expr): string | null {
  switch (expr.kind) {
    case "name":
      return expr.name;
    case "constant":
      if (expr.value === null) return "None";
      return expr.value === true ? "True" : expr.value === false ? "False" : null;
    case "number":
      return expr.isInt ? String(expr.value) : expr.value.toFixed(1);
    case "list":
      return expr.items.length === 0 ? "[]" : null;
    default:
      return null;
  }
}
