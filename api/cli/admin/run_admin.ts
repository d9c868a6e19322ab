/** `deno task admin …`: what the person who runs the server may do without an account. */
import { parseArgs } from "node:util";
import { parseSettings } from "../../platform/config.ts";
import { type LocalApi, openLocalApi } from "../local_api.ts";

const USAGE = `Usage: deno task admin COMMAND [--data-dir DIR]

  grant EMAIL    make a user an admin
  revoke EMAIL   make an admin a user again
  disable EMAIL  end a user's sessions and refuse further logins
  enable EMAIL   let a disabled user sign in again
  rotate-keys    sign tokens with a new key from now on`;

/** What each command changes of a user, and what it says then. */
const USER_COMMANDS: Readonly<Record<string, { change: Record<string, unknown>; done: string }>> = {
  grant: { change: { role: "admin" }, done: "is an admin now" },
  revoke: { change: { role: "user" }, done: "is no admin any more" },
  disable: { change: { is_active: false }, done: "is disabled" },
  enable: { change: { is_active: true }, done: "may sign in again" },
};

/** What was asked for is no command. */
export class UsageError extends Error {}

/**
 * Runs a command and answers what to print.
 *
 * @throws UsageError or SettingsError for what the caller must mend, Error for the rest.
 */
export async function runAdmin(
  args: string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const { command, email, dataDir } = readArguments(args);
  const settings = parseSettings({
    ...environment,
    ...(dataDir === undefined ? {} : { DATA_DIR: dataDir }),
  });
  await using api = await openLocalApi(settings);
  if (command === "rotate-keys") return await rotateKeys(api);
  return await changeUser(api, command, email ?? "");
}

function readArguments(args: string[]) {
  let parsed;
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: { "data-dir": { type: "string" } },
    });
  } catch (err) {
    throw new UsageError(`${err instanceof Error ? err.message : err}\n\n${USAGE}`);
  }
  const [command = "", email, ...rest] = parsed.positionals;
  const takesEmail = Object.hasOwn(USER_COMMANDS, command);
  if (!takesEmail && command !== "rotate-keys") throw new UsageError(USAGE);
  if (takesEmail !== (email !== undefined) || rest.length > 0) throw new UsageError(USAGE);
  return { command, email, dataDir: parsed.values["data-dir"] };
}

async function rotateKeys(api: LocalApi): Promise<string> {
  const { key_id } = await answerOf(await api.request("POST", "/api/v1/auth/keys/rotate"));
  return `Signing key ${key_id} signs from now on; the one before it stays valid`;
}

async function changeUser(api: LocalApi, command: string, email: string): Promise<string> {
  const { change, done } = USER_COMMANDS[command] ?? {};
  const query = new URLSearchParams({ email });
  const { items } = await answerOf(await api.request("GET", `/api/v1/users?${query}`));
  const user = items[0];
  if (user === undefined) throw new Error(`Cannot find user "${email}": nobody has this address`);
  await answerOf(await api.request("PATCH", `/api/v1/users/${user.id}`, change));
  return `${user.username} <${user.email}> ${done}`;
}

async function answerOf(answer: Response) {
  const body = await answer.json();
  if (answer.ok) return body;
  throw new Error(typeof body.detail === "string" ? body.detail : JSON.stringify(body.detail));
}
