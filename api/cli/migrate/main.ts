/** `deno task migrate [--data-dir DIR]`: brings the database to this program's schema. */
import { openPlatform } from "../../boot.ts";
import { parseSettings } from "../../platform/config.ts";
import { readLocalServer } from "../../platform/local_server.ts";
import { EXIT_DONE, parseStrictly, runCommand, terminal } from "../usage.ts";

const USAGE = "deno task migrate [--data-dir DIR]";

async function main(args: string[]): Promise<number> {
  const { values } = parseStrictly({ args, options: { "data-dir": { type: "string" } } });
  const dataDir = values["data-dir"];
  const settings = parseSettings({
    ...Deno.env.toObject(),
    ...(dataDir === undefined ? {} : { DATA_DIR: dataDir }),
  });
  const server = settings.DATABASE_URL === undefined
    ? await readLocalServer(settings.DATA_DIR)
    : null;
  if (server !== null && await isServing(server.url)) {
    terminal.out(`The server at ${server.url} migrated its database when it started`);
    return EXIT_DONE;
  }
  const opened = await openPlatform(settings);
  await opened.close();
  terminal.out("The database has this program's schema");
  return EXIT_DONE;
}

async function isServing(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/health`);
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}

if (import.meta.main) Deno.exit(await runCommand(USAGE, terminal, () => main(Deno.args)));
