/** The entry of `deno task restore`. */
import { runCommand, terminal } from "../usage.ts";
import { RESTORE_USAGE, restoreBackup } from "./restore_backup.ts";

Deno.exit(
  await runCommand(RESTORE_USAGE, terminal, () => restoreBackup(Deno.args, { terminal })),
);
