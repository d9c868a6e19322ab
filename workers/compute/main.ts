/** The compute worker's entry: no database, network, environment or clock. */
import "./no_process.ts";
import { openBacktestSession } from "./backtest_task.ts";
import { serveTasks, type WorkerPort } from "./serve.ts";

/** Inside a worker the global scope is the port; the window's types do not say so. */
serveTasks(globalThis as unknown as WorkerPort, openBacktestSession);
