/** A real app on a real libSQL file and a real KV, in a folder of its own; only time is fake. */
import { createApp } from "./app.ts";
import { openPlatform } from "./boot.ts";
import { parseSettings, type Settings } from "./platform/config.ts";
import type { Platform } from "./platform/context.ts";
import type { Router } from "./platform/http/router.ts";
import { createFakeClock, createSeededRandom, type FakeClock } from "./platform/testing.ts";

export interface TestApp extends AsyncDisposable {
  readonly app: Router;
  readonly platform: Platform;
  readonly clock: FakeClock;
  readonly dataDir: string;
}

/** Settings of every test: cheap hashes, a folder of its own. */
export function testSettings(dataDir: string, overrides: Record<string, string> = {}): Settings {
  return parseSettings({
    DATA_DIR: dataDir,
    ARGON2_MEMORY_KIB: "8",
    ARGON2_PASSES: "1",
    LOG_LEVEL: "error",
    ...overrides,
  });
}

/** `await using test = await createTestApp()`: everything is closed and deleted at the end. */
export async function createTestApp(overrides: Record<string, string> = {}): Promise<TestApp> {
  const dataDir = await Deno.makeTempDir({ prefix: "candlewick-test-" });
  const clock = createFakeClock();
  const opened = await openPlatform(testSettings(dataDir, overrides), {
    clock,
    random: createSeededRandom(1),
  });
  const app = createApp(opened.platform, { authenticate: () => null });
  return {
    app,
    platform: opened.platform,
    clock,
    dataDir,
    [Symbol.asyncDispose]: async () => {
      await opened.close();
      await Deno.remove(dataDir, { recursive: true });
    },
  };
}
