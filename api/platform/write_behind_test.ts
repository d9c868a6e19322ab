import assert from "node:assert/strict";
import { createLog } from "./log.ts";
import { createWriteBehinds, type WriteBehindOptions } from "./write_behind.ts";

function openBuffer(options: Partial<WriteBehindOptions<number>> = {}) {
  const batches: (readonly number[])[] = [];
  const all = createWriteBehinds(createLog("test"));
  const buffer = all.create<number>({
    name: "numbers",
    write: (items) => Promise.resolve(void batches.push(items)),
    delayMs: 600_000,
    itemsMax: 10,
    batchMax: 4,
    ...options,
  });
  return { batches, all, buffer };
}

Deno.test("flush() writes what was added, in order and in batches", async () => {
  const { batches, all, buffer } = openBuffer();
  for (let number = 1; number <= 6; number++) buffer.add(number);
  assert.deepEqual(batches, []);
  await all.flush();
  assert.deepEqual(batches, [[1, 2, 3, 4], [5, 6]]);
  buffer.add(7);
  await all.close();
  assert.deepEqual(batches.at(-1), [7]);
});

Deno.test("add() alone leads to a write after the delay", async () => {
  const { promise, resolve } = Promise.withResolvers<readonly number[]>();
  const { all, buffer } = openBuffer({
    delayMs: 1,
    write: (items) => Promise.resolve(resolve(items)),
  });
  buffer.add(1);
  buffer.add(2);
  assert.deepEqual(await promise, [1, 2]);
  await all.close();
});

Deno.test("add() drops what exceeds the bound, and takes items again after a write", async () => {
  const { batches, all, buffer } = openBuffer({ itemsMax: 3 });
  for (let number = 1; number <= 5; number++) buffer.add(number);
  await all.flush();
  buffer.add(6);
  await all.close();
  assert.deepEqual(batches, [[1, 2, 3], [6]]);
});

Deno.test("A batch that cannot be written is dropped and later ones go on", async () => {
  const written: number[] = [];
  const { all, buffer } = openBuffer({
    batchMax: 2,
    write: (items) => {
      if (items.includes(1)) throw new Error("no database");
      written.push(...items);
      return Promise.resolve();
    },
  });
  for (let number = 1; number <= 4; number++) buffer.add(number);
  await all.close();
  assert.deepEqual(written, [3, 4]);
});

Deno.test("What is added while a write is under way is written after it", async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const { promise: started, resolve: start } = Promise.withResolvers<void>();
  const order: string[] = [];
  const { all, buffer } = openBuffer({
    write: async ([first]) => {
      order.push(`start ${first}`);
      start();
      if (first === 1) await gate;
      order.push(`end ${first}`);
    },
  });
  buffer.add(1);
  const one = all.flush();
  await started;
  buffer.add(2);
  const two = all.flush();
  open();
  await Promise.all([one, two]);
  await all.close();
  assert.deepEqual(order, ["start 1", "end 1", "start 2", "end 2"]);
});
