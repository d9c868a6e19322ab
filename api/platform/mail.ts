/**
 * The mail port: over SMTP when `SMTP_URL` is set, into files of the data directory in local mode.
 * The library behind it is loaded with the first mail.
 */
import { join } from "node:path";
import { withDeadline } from "./clock.ts";
import type { Clock, Ids } from "./clock.ts";
import type { Settings } from "./config.ts";

export interface Mail {
  readonly to: string;
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
}

export interface MailPort {
  /** False in production without `SMTP_URL`: nothing can be sent. */
  readonly isOpen: boolean;
  /**
   * Hands the mail over, within half a minute.
   *
   * @throws Error when it was not taken; sending it again may deliver it twice.
   */
  send(mail: Mail): Promise<void>;
}

type MailSettings = Pick<Settings, "MODE" | "DATA_DIR" | "SMTP_URL" | "MAIL_FROM">;

const STEP_DEADLINE_MS = 10_000;
const SEND_DEADLINE_MS = 30_000;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/;

export function createMailPort(
  settings: MailSettings,
  parts: { readonly clock: Clock; readonly ids: Ids },
): MailPort {
  const { SMTP_URL, MODE } = settings;
  if (SMTP_URL !== undefined) {
    return { isOpen: true, send: (mail) => sendOverSmtp(SMTP_URL, settings.MAIL_FROM, mail) };
  }
  if (MODE === "local") {
    return { isOpen: true, send: (mail) => writeToFile(settings, parts, mail) };
  }
  return {
    isOpen: false,
    send: () => Promise.reject(new Error("Cannot send mail: setting SMTP_URL is missing")),
  };
}

async function sendOverSmtp(address: string, from: string, mail: Mail): Promise<void> {
  const { createTransport } = await import("nodemailer");
  const transport = createTransport(smtpOptions(new URL(address)));
  try {
    await withDeadline(transport.sendMail({ from, ...mail }), SEND_DEADLINE_MS);
  } finally {
    transport.close();
  }
}

/** A password goes over an encrypted line or not at all, unless the server is this machine. */
function smtpOptions({ protocol, hostname, port, username, password }: URL) {
  const secure = protocol === "smtps:";
  const auth = username === ""
    ? {}
    : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } };
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && username !== "" && !LOOPBACK.test(hostname),
    ...auth,
    connectionTimeout: STEP_DEADLINE_MS,
    greetingTimeout: STEP_DEADLINE_MS,
    socketTimeout: STEP_DEADLINE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** `DATA_DIR/mail/TIME-ID.eml`, for its owner alone, complete once it has its name. */
async function writeToFile(
  { DATA_DIR, MAIL_FROM }: MailSettings,
  { clock, ids }: { readonly clock: Clock; readonly ids: Ids },
  mail: Mail,
): Promise<void> {
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "unix" });
  const { message } = await transport.sendMail({
    from: MAIL_FROM,
    date: new Date(clock.now()),
    disableFileAccess: true,
    disableUrlAccess: true,
    ...mail,
  });
  const folder = join(DATA_DIR, "mail");
  await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  const name = `${new Date(clock.now()).toISOString().replaceAll(":", "-")}-${ids.uuid()}.eml`;
  const path = join(folder, name);
  await Deno.writeTextFile(`${path}.part`, String(message), { mode: 0o600, createNew: true });
  await Deno.rename(`${path}.part`, path);
}
