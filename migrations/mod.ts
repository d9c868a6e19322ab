import type { Migration } from "../api/platform/database/migrate.ts";
import { foundation } from "./0001_foundation.ts";

/** Every migration in order; a released one never changes. */
export const migrations: readonly Migration[] = [foundation];
