/**
 * A server of the notes routes over a data directory, for tests that kill it:
 * `note_server.ts DATA_DIR [die]`. With `die` it is killed, as by `kill -9`, once its first verb has
 * committed and before the answer leaves. Prints its port.
 */
import { openPlatform } from "../../boot.ts";
import { testSettings } from "../../testing.ts";
import { ACTOR, createNotesApp } from "../http/testing.ts";

const [dataDir = "", mode] = Deno.args;
const { platform } = await openPlatform(testSettings(dataDir));
const app = createNotesApp(platform, ACTOR, {
  afterCommit: () => {
    if (mode === "die") Deno.kill(Deno.pid, "SIGKILL");
  },
});
Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => console.log(port),
}, (request, info) => app.fetch(request, info));
