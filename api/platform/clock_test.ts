import assert from "node:assert/strict";
import fc from "fast-check";
import { nextTurn, systemRandom } from "./clock.ts";

/** The runtime looks at the network every so many turns when each leaves another one to do. */
const TURNS_WITHOUT_REST = 61;

function work(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end;);
}

async function echo(listener: Deno.TcpListener): Promise<void> {
  using served = await listener.accept();
  const bytes = new Uint8Array(1);
  await served.read(bytes);
  await served.write(bytes);
}

async function ask(port: number): Promise<void> {
  using asking = await Deno.connect({ hostname: "127.0.0.1", port });
  await asking.write(new Uint8Array(1));
  await asking.read(new Uint8Array(1));
}

Deno.test("nextTurn() lets the network in while work goes on from turn to turn", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const answered = Promise.all([echo(listener), ask(listener.addr.port)]);
  let isDone = false;
  void answered.then(() => isDone = true);
  let turns = 0;
  for (; !isDone && turns < 10 * TURNS_WITHOUT_REST; turns++) {
    work(2);
    await nextTurn();
  }
  await answered;
  assert.ok(turns < TURNS_WITHOUT_REST, `${turns} turns`);
});

Deno.test("systemRandom.bytes() gives as many bytes as asked for, and none twice", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 16, max: 5_000 }), { maxLength: 40 }), (lengths) => {
      const drawn = lengths.map((length) => systemRandom.bytes(length));
      assert.deepEqual(drawn.map(({ length }) => length), lengths);
      const texts = drawn.map((bytes) => bytes.subarray(0, 16).join());
      assert.equal(new Set(texts).size, texts.length);
      assert.ok(drawn.every((bytes) => bytes.some((byte) => byte !== 0)));
    }),
  );
});
