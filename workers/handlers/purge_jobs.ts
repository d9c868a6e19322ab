import { deleteFinishedJobs, purgeJobsKind } from "../../api/jobs/service.ts";
import { ownedBy } from "../../api/platform/context.ts";
import { inTransaction } from "../../api/platform/database/open.ts";
import { defineJob } from "../handler.ts";

const DAY_MS = 86_400_000;
const DELETED_A_ROUND = 500;

/** Deletes the owner's finished jobs in small transactions; repeating it is harmless. */
export const purgeJobs = defineJob(purgeJobsKind, async (ctx, { older_than_days }, _, tools) => {
  const before = ctx.clock.now() - older_than_days * DAY_MS;
  const ownerId = ownedBy(ctx);
  let deleted = 0;
  for (;;) {
    tools.signal.throwIfAborted();
    const count = await inTransaction(
      ctx.db,
      (tx) => deleteFinishedJobs(tx, { ownerId, before, limit: DELETED_A_ROUND }),
    );
    deleted += count;
    if (count < DELETED_A_ROUND) return { kind: "done", result: { deleted } };
  }
});
