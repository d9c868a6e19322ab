/** A worker process as `deno task worker` starts it, with the job that tests watch beside all kinds. */
import { openPlatform } from "../../api/boot.ts";
import { parseSettings } from "../../api/platform/config.ts";
import { configureLog } from "../../api/platform/log.ts";
import { ComputePool } from "../compute/pool.ts";
import { createHandlers } from "../handlers/mod.ts";
import { startWorkers } from "../loop.ts";
import { tally } from "./tally.ts";

const settings = parseSettings(Deno.env.toObject());
await configureLog(settings.LOG_LEVEL, (line) => console.log(line));
const { platform } = await openPlatform(settings);
const pool = new ComputePool({ size: settings.WORKER_CPU_CORES + 1 });
await startWorkers(platform, [...createHandlers(pool), tally], { pollMs: 100 });
