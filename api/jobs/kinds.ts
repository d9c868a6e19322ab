/** The jobs this capability offers by name. */
import { z } from "zod";
import { defineJobKind } from "./kind.ts";

/** Deletes the owner's finished jobs, as housekeeping a client asks for. */
export const purgeJobsKind = defineJobKind({
  name: "purge_jobs",
  label: "Delete finished jobs",
  payload: z.strictObject({
    older_than_days: z.number().min(0).max(3_650).default(30),
    user_id: z.uuid().optional(),
  }),
  scope: "backtest:run",
  public: true,
  estimate: () => ({ cpuCores: 1, memoryMb: 16, seconds: 1 }),
});
