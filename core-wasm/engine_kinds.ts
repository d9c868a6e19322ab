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

/** Phases of `decide`. */
export const PHASES = { MANAGE: 1, ENTER: 2, EXIT: 3 } as const;

/** Events of `apply`. */
export const EVENT_KINDS = {
  ACCEPTED: 1,
  PARTIAL_FILL: 2,
  FILL: 3,
  CANCELLED: 4,
  REJECTED: 5,
  EXPIRED: 6,
  FUNDING: 7,
  LIQUIDATION: 8,
  BALANCE_CORRECTION: 9,
  CLOSED_OUTSIDE: 10,
} as const;

export const INTENT_KINDS = { PLACE: 1, CANCEL: 2, REPLACE: 3, EXIT: 4, MOVE_STOP: 5 } as const;

export const ORDER_STATUSES = { INTENDED: 0, OPEN: 1, CLOSING: 2, FILLED: 3 } as const;
