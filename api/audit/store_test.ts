import assert from "node:assert/strict";
import { migrations } from "../../migrations/mod.ts";
import { migrate } from "../platform/database/migrate.ts";
import { openTestDatabase, testOnEachDatabase } from "../platform/testing/databases.ts";
import {
  type AccessRow,
  deleteAccessRowsBefore,
  insertAccessRows,
  listAccessRows,
} from "./store.ts";

type NewRow = Omit<AccessRow, "row_id">;

function rowAt(created_at: number, change: Partial<NewRow> = {}): NewRow {
  return {
    request_id: `request-${created_at}`,
    user_id: null,
    session_id: null,
    api_token_id: null,
    method: "GET",
    path: "/api/v1/jobs",
    status: 200,
    duration_ms: 1.25,
    address: null,
    user_agent: null,
    created_at,
    ...change,
  };
}

testOnEachDatabase("insertAccessRows() keeps every value as it is, in order", async (kind) => {
  await using database = await openTestDatabase(kind);
  const { db } = database;
  await migrate(db, migrations, () => 0);
  const rows = [
    rowAt(1, { path: '/"\\\n\u{1f600}', duration_ms: 3, user_agent: "" }),
    rowAt(2, { user_id: "123", session_id: "0", api_token_id: "1e3", address: "::1" }),
  ];
  await insertAccessRows(db, rows);
  const { rows: stored, total } = await listAccessRows(db, { limit: 10, offset: 0 });
  assert.equal(total, 2);
  assert.deepEqual(stored.map(({ row_id: _, ...row }) => row), rows.toReversed());
});

testOnEachDatabase("deleteAccessRowsBefore() takes the oldest, a bounded number", async (kind) => {
  await using database = await openTestDatabase(kind);
  const { db } = database;
  await migrate(db, migrations, () => 0);
  await insertAccessRows(db, [5, 3, 1, 4, 2].map((time) => rowAt(time)));
  assert.equal(await deleteAccessRowsBefore(db, 4, 2), 2);
  const times = async () =>
    (await listAccessRows(db, { limit: 10, offset: 0 })).rows.map((row) => row.created_at);
  assert.deepEqual((await times()).toSorted(), [3, 4, 5]);
  assert.equal(await deleteAccessRowsBefore(db, 4, 2), 1);
  assert.equal(await deleteAccessRowsBefore(db, 4, 2), 0);
  assert.deepEqual((await times()).toSorted(), [4, 5]);
});
