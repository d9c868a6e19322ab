/**
 * `deno task edge`: the server as an edge platform starts it. Ticks and the server are declared at
 * the top level, because that is where the platform looks for them.
 */
import { pause } from "../platform/clock.ts";
import { configureLog } from "../platform/log.ts";
import { createEdge } from "./edge.ts";
import { edgeSettings } from "./settings.ts";

/** The platform waits for five seconds. */
const STOP_MS = 4_500;

const settings = edgeSettings(Deno.env.toObject());
await configureLog(settings.LOG_LEVEL, (line) => console.log(line));
const edge = createEdge(settings);

Deno.cron("run what is due", "* * * * *", () => edge.tick());

const server = Deno.serve(
  {
    hostname: settings.HOST,
    port: settings.PORT,
    onListen: ({ hostname, port }) =>
      console.log(JSON.stringify({ event: "edge listens", hostname, port })),
  },
  (request, info) => edge.fetch(request, info),
);
edge.warm();

Deno.addSignalListener("SIGINT", async () => {
  await Promise.race([Promise.all([server.shutdown(), edge.stop()]), pause(STOP_MS)]);
  Deno.exit(0);
});
