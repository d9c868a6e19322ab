/** Kinds of `ask` and their numbers; core-wasm/engine_kinds.ts holds the same list. */
export const ASK_BOT_LOOP_START: i32 = 1;
export const ASK_CUSTOM_ENTRY_PRICE: i32 = 2;
export const ASK_LEVERAGE: i32 = 3;
export const ASK_CUSTOM_STAKE_AMOUNT: i32 = 4;
export const ASK_CONFIRM_TRADE_ENTRY: i32 = 5;
export const ASK_ORDER_FILLED: i32 = 6;
export const ASK_CUSTOM_STOPLOSS: i32 = 7;
export const ASK_CUSTOM_EXIT: i32 = 8;
export const ASK_CUSTOM_ROI: i32 = 9;
export const ASK_CUSTOM_EXIT_PRICE: i32 = 10;
export const ASK_CONFIRM_TRADE_EXIT: i32 = 11;
export const ASK_ADJUST_TRADE_POSITION: i32 = 12;
export const ASK_ADJUST_ORDER_PRICE: i32 = 13;
export const ASK_ADJUST_ENTRY_PRICE: i32 = 14;
export const ASK_ADJUST_EXIT_PRICE: i32 = 15;
export const ASK_CHECK_ENTRY_TIMEOUT: i32 = 16;
export const ASK_CHECK_EXIT_TIMEOUT: i32 = 17;
