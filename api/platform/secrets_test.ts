import fc from "fast-check";
import assert from "node:assert/strict";
import { systemRandom } from "./clock.ts";
import { createSecrets, type MasterKey } from "./secrets.ts";

function masterKey(id: string, fill: number): MasterKey {
  return { id, key: new Uint8Array(32).fill(fill) };
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

Deno.test("open() gives back what seal() took, at its place alone", async () => {
  const secrets = await createSecrets([masterKey("a", 1)], systemRandom);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), fc.string(), fc.string(), async (plain, place, other) => {
      const envelope = await secrets.seal(new Uint8Array(plain), place);
      assert.deepEqual([...await secrets.open(envelope, place)], [...plain]);
      if (other !== place) await assert.rejects(() => secrets.open(envelope, other));
    }),
    { numRuns: 50 },
  );
});

Deno.test("seal() never writes the same envelope twice", async () => {
  const secrets = await createSecrets([masterKey("a", 1)], systemRandom);
  const plain = bytes("secret");
  assert.notEqual(await secrets.seal(plain, "here"), await secrets.seal(plain, "here"));
});

Deno.test("open() reads envelopes of a key that no longer seals", async () => {
  const before = await createSecrets([masterKey("old", 1)], systemRandom);
  const envelope = await before.seal(bytes("secret"), "here");
  const after = await createSecrets([masterKey("new", 2), masterKey("old", 1)], systemRandom);
  assert.deepEqual(await after.open(envelope, "here"), bytes("secret"));
  assert.match(await after.seal(bytes("secret"), "here"), /^v1\.new\./);
  const without = await createSecrets([masterKey("new", 2)], systemRandom);
  await assert.rejects(() => without.open(envelope, "here"), /master key "old" is unknown/);
});

Deno.test("open() refuses an envelope with one character changed", async () => {
  const secrets = await createSecrets([masterKey("a", 1)], systemRandom);
  const envelope = await secrets.seal(bytes("secret"), "here");
  for (let at = 0; at < envelope.length - 1; at++) {
    const swapped = envelope[at] === "A" ? "B" : "A";
    const changed = envelope.slice(0, at) + swapped + envelope.slice(at + 1);
    await assert.rejects(() => secrets.open(changed, "here"), `position ${at}`);
  }
});

Deno.test("createSecrets() refuses keys that are short, misnamed or absent", async () => {
  const short = { id: "a", key: new Uint8Array(31) };
  await assert.rejects(() => createSecrets([short], systemRandom), /31 bytes, 32 are needed/);
  await assert.rejects(() => createSecrets([masterKey("A b", 1)], systemRandom), /bad key id/);
  await assert.rejects(() => createSecrets([], systemRandom), /the key ring is empty/);
});
