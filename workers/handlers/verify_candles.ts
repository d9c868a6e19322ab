import { verifyCandles as verify, verifyCandlesKind } from "../../api/market/service.ts";
import { defineJob } from "../handler.ts";

/** Reads a series block by block and answers what is wrong with it; changes nothing. */
export const verifyCandles = defineJob(verifyCandlesKind, async (ctx, args, _, { report }) => ({
  kind: "done",
  result: await verify(ctx, args, (ratio) => report({ ratio })),
}));
