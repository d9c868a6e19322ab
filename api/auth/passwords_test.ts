import assert from "node:assert/strict";
import { createSeededRandom } from "../platform/testing.ts";
import { tables } from "../platform/database/open.ts";
import { createApp } from "../app.ts";
import { createTestApp, toRequest } from "../testing.ts";
import { createPasswords } from "./passwords.ts";
import { formatPhc, parsePhc } from "./phc.ts";
import { createAuth, login } from "./service.ts";
import { createCtx } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";

const CHEAP = { ARGON2_MEMORY_KIB: 8, ARGON2_PASSES: 1, PASSWORD_QUEUE_MAX: 4 };

Deno.test("hash() writes an Argon2id string in the PHC format with a salt of its own", async () => {
  const passwords = createPasswords(CHEAP, createSeededRandom(1));
  const [first, second] = [await passwords.hash("secret"), await passwords.hash("secret")];
  assert.match(
    first,
    /^\$argon2id\$v=19\$m=8,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
  );
  assert.notEqual(first, second);
});

Deno.test("verify() agrees with the reference implementation of Argon2", async () => {
  const passwords = createPasswords(CHEAP, createSeededRandom(1));
  // From the test suite of the reference implementation: version 19, t=2, m=256, p=1.
  const phc =
    "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
  assert.equal(await passwords.verify("password", phc), true);
  assert.equal(await passwords.verify("passwore", phc), false);
});

Deno.test("verify() computes one hash for an unknown user and never agrees", async () => {
  const passwords = createPasswords(CHEAP, createSeededRandom(1));
  assert.equal(await passwords.verify("secret", null), false);
  assert.equal(passwords.computed, 1);
});

Deno.test("verify() lets two run, four wait and refuses the next at once", async () => {
  const passwords = createPasswords(CHEAP, createSeededRandom(1));
  const results = await Promise.allSettled(
    Array.from({ length: 9 }, () => passwords.verify("secret", null)),
  );
  const refused = results.filter(({ status }) => status === "rejected");
  assert.equal(refused.length, 3);
  assert.equal(passwords.computed, 6);
  assert.equal(await passwords.verify("secret", null), false);
});

Deno.test("isStale() tells a hash of another cost", async () => {
  const passwords = createPasswords(CHEAP, createSeededRandom(1));
  const phc = await passwords.hash("secret");
  assert.equal(passwords.isStale(phc), false);
  const dearer = createPasswords({ ...CHEAP, ARGON2_PASSES: 2 }, createSeededRandom(1));
  assert.equal(dearer.isStale(phc), true);
  assert.equal(await dearer.verify("secret", phc), true);
});

Deno.test("parsePhc() reads back what formatPhc() writes and refuses other strings", () => {
  const phc = {
    memoryKib: 19_456,
    passes: 2,
    lanes: 1,
    salt: new Uint8Array([1, 2, 3]),
    hash: new Uint8Array([4, 5, 6, 7]),
  };
  assert.deepEqual(parsePhc(formatPhc(phc)), phc);
  for (const text of ["", "!", "$argon2i$v=19$m=8,t=1,p=1$AAAA$AAAA", "$2b$12$abc"]) {
    assert.throws(() => parsePhc(text), /Cannot read a password hash/);
  }
});

Deno.test("login() hashes once for an unknown name, as for a wrong password", async () => {
  await using test = await createTestApp();
  await test.signUp("alice");
  const auth = createAuth(test.platform, { localToken: null });
  const signal = AbortSignal.timeout(10_000);
  const attempt = async (username: string) => {
    const before = auth.passwords.computed;
    const ctx = createCtx(test.platform, { actor: null, signal });
    await assert.rejects(() => login(ctx, auth, { username, password: "wrong" }), AppError);
    return auth.passwords.computed - before;
  };
  assert.equal(await attempt("alice"), 1);
  assert.equal(await attempt("nobody"), 1);
});

Deno.test("login() hashes again under the present cost settings, once", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const findHash = async () =>
    (await tables<{ credentials: { password_hash: string } }>(test.platform.db)
      .selectFrom("credentials").select("password_hash").executeTakeFirstOrThrow()).password_hash;
  const before = await findHash();
  const settings = { ...test.platform.settings, ARGON2_PASSES: 3 };
  const app = createApp({ ...test.platform, settings }, { localToken: null });
  const signIn = async () =>
    (await app.request(
      "/api/v1/auth/login",
      toRequest({ json: { username: "alice", password: alice.password } }),
    )).status;
  assert.equal(await signIn(), 200);
  const after = await findHash();
  assert.match(before, /t=1,/);
  assert.match(after, /t=3,/);
  assert.equal(await signIn(), 200);
  assert.equal(await findHash(), after);
});
