/** Kinds of `ask` (docs/internals/callbacks.md); the core's host/kinds.ts holds the same list. */
export const ASK_KINDS = {
  BOT_LOOP_START: 1,
  CUSTOM_ENTRY_PRICE: 2,
  LEVERAGE: 3,
  CUSTOM_STAKE_AMOUNT: 4,
  CONFIRM_TRADE_ENTRY: 5,
  ORDER_FILLED: 6,
  CUSTOM_STOPLOSS: 7,
  CUSTOM_EXIT: 8,
  CUSTOM_ROI: 9,
  CUSTOM_EXIT_PRICE: 10,
  CONFIRM_TRADE_EXIT: 11,
  ADJUST_TRADE_POSITION: 12,
  ADJUST_ORDER_PRICE: 13,
  ADJUST_ENTRY_PRICE: 14,
  ADJUST_EXIT_PRICE: 15,
  CHECK_ENTRY_TIMEOUT: 16,
  CHECK_EXIT_TIMEOUT: 17,
} as const;

export type AskKind = typeof ASK_KINDS[keyof typeof ASK_KINDS];
