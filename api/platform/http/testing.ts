/** An app of a few routes, for tests of what every route has. */
import { z } from "@hono/zod-openapi";
import { scopesOfRole } from "../../auth/scopes.ts";
import type { Actor, Platform } from "../context.ts";
import { tables } from "../database/open.ts";
import { write } from "../write.ts";
import { handleRequest } from "./request.ts";
import { createRouter, ctxOf, defineRoute, jsonAnswer, jsonBody, type Router } from "./router.ts";

/** The built-in user: it exists in every database, so rows may belong to it. */
export const ACTOR: Actor = {
  userId: "00000000-0000-7000-8000-000000000000",
  username: "tester",
  role: "user",
  scopes: scopesOfRole("user"),
  sessionId: null,
};

const common = { tags: ["Test"], summary: "Test", description: "Test" };

const noteSchema = z.object({
  id: z.string(),
  text: z.string().min(1).max(2_000_000),
}).openapi("Note");

const createNote = defineRoute({
  ...common,
  method: "post",
  path: "/notes",
  operationId: "createNote",
  scope: "strategy:write",
  request: { body: jsonBody(noteSchema.omit({ id: true })) },
  responses: { 201: jsonAnswer(noteSchema, "The note") },
});

const hang = defineRoute({
  ...common,
  method: "get",
  path: "/hang",
  operationId: "hang",
  scope: null,
  responses: { 200: { description: "Never" } },
});

const fail = defineRoute({ ...hang, path: "/fail", operationId: "fail", scope: null, ...common });

/** Tells a note from the table's own rows. */
const NOTE_MARK = 1_000_000_007;

/** Notes are kept in `owner_counters`, a table with no meaning of its own here. */
interface NoteTables {
  owner_counters: { owner_id: string; kind: string; last_no: number };
}

export interface NoteHooks {
  /** Runs once the verb has committed and before the answer is sent. */
  readonly afterCommit?: () => void;
}

export function createNotesApp(
  platform: Platform,
  actor: Actor | null,
  { afterCommit = () => {} }: NoteHooks = {},
): Router {
  const app = createRouter();
  app.use(handleRequest(platform, { authenticate: () => actor }));
  app.onError((err) => {
    throw err;
  });
  app.openapi(createNote, async (c) => {
    const ctx = ctxOf(c);
    const { text } = c.req.valid("json");
    const note = await write(
      ctx,
      {
        scope: "strategy:write",
        action: "note.create",
        kind: "note",
        replay: async (_ctx, id, tx) => {
          const row = await tables<NoteTables>(tx).selectFrom("owner_counters").select("kind")
            .where("owner_id", "=", id).executeTakeFirstOrThrow();
          return { id, text: row.kind };
        },
      },
      async (tx, { userId }) => {
        const id = ctx.ids.uuid();
        await tables<NoteTables>(tx).insertInto("owner_counters")
          .values({ owner_id: id, kind: text, last_no: NOTE_MARK }).execute();
        if (text === "refused") throw new RangeError("a private reason");
        return {
          resourceId: id,
          ownerId: userId,
          after: { text, password: "never shown" },
          event: { type: "note.created", data: { id } },
          answer: { id, text },
        };
      },
    );
    afterCommit();
    return c.json(note, 201);
  });
  app.openapi(hang, () => new Promise<never>(() => {}));
  app.openapi(fail, () => {
    throw new Error("a private reason");
  });
  return app;
}

export async function countNotes(platform: Platform): Promise<number> {
  const { n } = await tables<NoteTables>(platform.db).selectFrom("owner_counters")
    .where("last_no", "=", NOTE_MARK).select((each) => each.fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow();
  return n;
}
