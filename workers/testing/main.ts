/** A worker process as `deno task worker` starts it, with the job that tests watch. */
import { openPlatform } from "../../api/boot.ts";
import { parseSettings } from "../../api/platform/config.ts";
import { configureLog } from "../../api/platform/log.ts";
import { startWorkers } from "../loop.ts";
import { tally } from "./tally.ts";

const settings = parseSettings(Deno.env.toObject());
await configureLog(settings.LOG_LEVEL, (line) => console.log(line));
const { platform, close } = await openPlatform(settings);
const workers = await startWorkers(platform, [tally], { pollMs: 100 });
const stopped = Promise.withResolvers<void>();
Deno.addSignalListener("SIGTERM", () => stopped.resolve());
await stopped.promise;
await workers.stop();
await close();
Deno.exit(0);
