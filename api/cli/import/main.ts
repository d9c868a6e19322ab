/** The entry of `deno task import`. */
import { runCommand, terminal } from "../usage.ts";
import { IMPORT_USAGE, importFiles } from "./import_files.ts";

Deno.exit(
  await runCommand(
    IMPORT_USAGE,
    terminal,
    () => importFiles(Deno.args, Deno.env.toObject(), terminal),
  ),
);
