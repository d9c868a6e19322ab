import assert from "node:assert/strict";
import { SMTPServer } from "smtp-server";
import { createIds } from "./clock.ts";
import { createMailPort, type MailPort } from "./mail.ts";
import { createFakeClock, createSeededRandom } from "./testing.ts";

const MAIL = { to: "alice@example.com", subject: "Grüße", text: "Line one\nToken: abc_DEF-123\n" };

interface Taken {
  readonly from: string;
  readonly to: readonly string[];
  readonly user: unknown;
  readonly text: string;
}

/** A real SMTP server on loopback that keeps what it takes. */
async function openServer(options: ConstructorParameters<typeof SMTPServer>[0] = {}) {
  const taken: Taken[] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === "mailer" && password === "p@ss/word"
        ? done(null, { user: username })
        : done(new Error("wrong password")),
    onData(stream, session, done) {
      const chunks: Uint8Array[] = [];
      stream.on("data", (chunk: Uint8Array) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        taken.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          user: session.user,
          text: chunks.map((chunk) => new TextDecoder().decode(chunk)).join(""),
        });
        done();
      });
    },
    ...options,
  });
  server.on("error", () => {});
  const { promise, resolve } = Promise.withResolvers<void>();
  const listener = server.listen(0, "127.0.0.1", () => resolve());
  await promise;
  const address = listener.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  return {
    port,
    taken,
    async [Symbol.asyncDispose]() {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      await closed.promise;
    },
  };
}

function openPort(
  settings: { SMTP_URL?: string; MODE?: "production"; DATA_DIR?: string },
): MailPort {
  const clock = createFakeClock();
  const ids = createIds(clock, createSeededRandom(1));
  const base = { MODE: "local" as const, DATA_DIR: "/nowhere", SMTP_URL: undefined };
  return createMailPort({ ...base, MAIL_FROM: "Candlewick <bot@example.com>", ...settings }, {
    clock,
    ids,
  });
}

Deno.test("send() hands the mail to the SMTP server with the user's name and password", async () => {
  await using server = await openServer();
  const url = `smtp://mailer:${encodeURIComponent("p@ss/word")}@127.0.0.1:${server.port}`;
  await openPort({ SMTP_URL: url }).send(MAIL);
  const [mail] = server.taken;
  assert.equal(server.taken.length, 1);
  assert.deepEqual([mail?.from, mail?.to, mail?.user], [
    "bot@example.com",
    ["alice@example.com"],
    "mailer",
  ]);
  assert.match(mail?.text ?? "", /^Subject: =\?UTF-8\?/m);
  assert.match(mail?.text ?? "", /Token: abc_DEF-123/);
});

Deno.test("send() fails when the server refuses the password, the receiver, or does not listen", async () => {
  await using server = await openServer({
    onRcptTo: (_address, _session, done) => done(new Error("no such mailbox")),
  });
  const send = (user: string, port: number) =>
    openPort({ SMTP_URL: `smtp://${user}127.0.0.1:${port}` }).send(MAIL);
  await assert.rejects(send("mailer:wrong@", server.port), /wrong password|Invalid login/);
  await assert.rejects(send("", server.port), /no such mailbox/);
  const port = server.port;
  await server[Symbol.asyncDispose]();
  await assert.rejects(send("", port), /ECONNREFUSED|refused/i);
});

Deno.test("send() keeps a mail to the one receiver it names, whatever the subject holds", async () => {
  await using server = await openServer();
  const subject = "Hello\r\nBcc: mallory@example.com";
  await openPort({ SMTP_URL: `smtp://127.0.0.1:${server.port}` }).send({ ...MAIL, subject });
  assert.deepEqual(server.taken[0]?.to, ["alice@example.com"]);
  assert.doesNotMatch(server.taken[0]?.text ?? "", /^Bcc:/mi);
});

Deno.test("send() writes a file for its owner alone in local mode", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "candlewick-test-" });
  await openPort({ DATA_DIR: dataDir }).send(MAIL);
  const files = [...Deno.readDirSync(`${dataDir}/mail`)].map(({ name }) => name);
  assert.equal(files.length, 1);
  assert.match(files[0] ?? "", /^2026-01-01T00-00-00\.000Z-.*\.eml$/);
  const path = `${dataDir}/mail/${files[0]}`;
  const text = await Deno.readTextFile(path);
  assert.match(text, /^To: alice@example\.com$/m);
  assert.match(text, /^Token: abc_DEF-123$/m);
  assert.equal(((await Deno.stat(path)).mode ?? 0) & 0o777, 0o600);
  await Deno.remove(dataDir, { recursive: true });
});

Deno.test("send() is impossible in production without a server, and says which setting is missing", async () => {
  const port = openPort({ MODE: "production" });
  assert.equal(port.isOpen, false);
  await assert.rejects(port.send(MAIL), /setting SMTP_URL is missing/);
});
