/**
 * Imported first: the parser's library reads an environment variable while it loads, and a compute
 * worker may read none. Without a `process` it does not ask.
 */
Reflect.deleteProperty(globalThis, "process");
