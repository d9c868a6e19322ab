/**
 * The core's only import `host.ask`: one synchronous question to the strategy's callbacks.
 * `args` points at the argument block of `kind`; values come back through the same block.
 * The layouts are in docs/internals/callbacks.md.
 */
export declare function ask(kind: i32, trade: i32, args: usize): i32;
