import assert from "node:assert/strict";
import { migrations } from "../../migrations/mod.ts";
import { migrate } from "./database/migrate.ts";
import { type Db, inTransaction } from "./database/open.ts";
import {
  createInvalidations,
  deleteOldInvalidations,
  type Invalidations,
} from "./invalidations.ts";
import { createFakeClock, type FakeClock } from "./testing.ts";
import { openTestDatabase, testOnEachDatabase } from "./testing/databases.ts";

function listen(db: Db, clock: FakeClock): { feed: Invalidations; seen: string[] } {
  const feed = createInvalidations(db, clock);
  const seen: string[] = [];
  feed.subscribe(({ topic, key }) => void seen.push(`${topic} ${key}`));
  return { feed, seen };
}

function record(db: Db, feed: Invalidations, key: string): Promise<void> {
  return inTransaction(db, (tx) => feed.record(tx, [{ topic: "user", key }]));
}

testOnEachDatabase("Every process hears of a change once, at most a second late", async (kind) => {
  await using test = await openTestDatabase(kind);
  const clock = createFakeClock();
  await migrate(test.db, migrations, () => clock.now());
  const [one, two] = [listen(test.db, clock), listen(test.db, clock)];
  await one.feed.catchUp();
  await two.feed.catchUp();
  await record(test.db, one.feed, "alice");
  one.feed.expire();
  await one.feed.catchUp();
  await two.feed.catchUp();
  assert.deepEqual([one.seen, two.seen], [["user alice"], []]);
  clock.advance(1_000);
  await one.feed.catchUp();
  await two.feed.catchUp();
  assert.deepEqual([one.seen, two.seen], [["user alice"], ["user alice"]]);
});

Deno.test("A process that starts hears nothing of the past", async () => {
  await using test = await openTestDatabase("file");
  const clock = createFakeClock();
  await migrate(test.db, migrations, () => clock.now());
  const early = listen(test.db, clock);
  await record(test.db, early.feed, "alice");
  const late = listen(test.db, clock);
  await late.feed.catchUp();
  clock.advance(1_000);
  await late.feed.catchUp();
  assert.deepEqual(late.seen, []);
});

Deno.test("catchUp() answers at once while the last reading is fresh", async () => {
  await using test = await openTestDatabase("file");
  const clock = createFakeClock();
  await migrate(test.db, migrations, () => clock.now());
  const { feed } = listen(test.db, clock);
  const first = feed.catchUp();
  assert.ok(first instanceof Promise);
  await first;
  assert.equal(feed.catchUp(), undefined);
  feed.expire();
  const second = feed.catchUp();
  assert.ok(second instanceof Promise);
  await second;
});

Deno.test("A reading that a change overtakes does not count as fresh", async () => {
  await using test = await openTestDatabase("file");
  const clock = createFakeClock();
  await migrate(test.db, migrations, () => clock.now());
  const { feed, seen } = listen(test.db, clock);
  await feed.catchUp();
  clock.advance(1_000);
  const reading = feed.catchUp();
  const { generation } = feed;
  await record(test.db, feed, "alice");
  feed.expire();
  assert.notEqual(feed.generation, generation);
  await reading;
  await feed.catchUp();
  assert.deepEqual(seen, ["user alice"]);
});

Deno.test("catchUp() fails when the database does not answer, and again until it does", async () => {
  const test = await openTestDatabase("file");
  const clock = createFakeClock();
  await migrate(test.db, migrations, () => clock.now());
  const { feed } = listen(test.db, clock);
  await test[Symbol.asyncDispose]();
  await assert.rejects(async () => await feed.catchUp());
  await assert.rejects(async () => await feed.catchUp());
});

Deno.test("deleteOldInvalidations() forgets what no cache can hold any more", async () => {
  await using test = await openTestDatabase("file");
  const clock = createFakeClock();
  await migrate(test.db, migrations, () => clock.now());
  const { feed, seen } = listen(test.db, clock);
  await feed.catchUp();
  await record(test.db, feed, "old");
  clock.advance(10_000);
  await record(test.db, feed, "new");
  assert.equal(await deleteOldInvalidations({ db: test.db, clock }, 5_000), 1);
  await feed.catchUp();
  assert.deepEqual(seen, ["user new"]);
});
