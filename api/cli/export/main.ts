/** The entry of `deno task export`. */
import { runCommand, terminal } from "../usage.ts";
import { EXPORT_USAGE, exportFiles } from "./export_files.ts";

Deno.exit(
  await runCommand(
    EXPORT_USAGE,
    terminal,
    () => exportFiles(Deno.args, Deno.env.toObject(), terminal),
  ),
);
