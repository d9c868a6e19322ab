/** The entry of `deno task admin`: prints one line, or says on stderr what failed. */
import { SettingsError } from "../../platform/config.ts";
import { runAdmin, UsageError } from "./run_admin.ts";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

try {
  console.log(await runAdmin(Deno.args, Deno.env.toObject()));
  Deno.exit(0);
} catch (err) {
  console.error(err instanceof Error ? err.message : err);
  const isUsage = err instanceof UsageError || err instanceof SettingsError;
  Deno.exit(isUsage ? EXIT_USAGE : EXIT_FAILED);
}
