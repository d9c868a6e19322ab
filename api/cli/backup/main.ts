/** The entry of `deno task backup`. */
import { runCommand, terminal } from "../usage.ts";
import { BACKUP_USAGE, createBackup } from "./create_backup.ts";

Deno.exit(
  await runCommand(
    BACKUP_USAGE,
    terminal,
    () => createBackup(Deno.args, Deno.env.toObject(), { terminal }),
  ),
);
