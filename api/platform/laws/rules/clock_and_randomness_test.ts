import { assertAllowed, assertRefused } from "../testing.ts";

const SOURCES = [
  `const now = Date.now();`,
  `const now = new Date();`,
  `const text = Date();`,
  `const clock = Date.now;`,
  `const start = performance.now();`,
  `const now = Temporal.Now.instant();`,
  `const dice = Math.random();`,
  `const id = crypto.randomUUID();`,
  `const id = globalThis.crypto.randomUUID();`,
  `crypto.getRandomValues(new Uint8Array(16));`,
  `import { randomBytes } from "node:crypto";`,
  `setTimeout(() => tick(), 100);`,
  `setInterval(tick, 100);`,
];

Deno.test("clock-and-randomness refuses ambient time, timers and dice in every layer", () => {
  for (
    const path of ["api/orders/service.ts", "workers/loop.ts", "core-wasm/mod.ts", "api/main.ts"]
  ) {
    assertRefused("clock-and-randomness", { path, sources: SOURCES });
  }
});

Deno.test("clock-and-randomness leaves platform/, tests, benches, builds and the command line", () => {
  const paths = [
    "api/platform/clock.ts",
    "api/orders/service_test.ts",
    "core-wasm/engine_bench.ts",
    "core-wasm/build.ts",
    "api/cli/demo.ts",
  ];
  for (const path of paths) assertAllowed("clock-and-randomness", { path, sources: SOURCES });
});

Deno.test("clock-and-randomness allows dates made of a given time, and hashing", () => {
  assertAllowed("clock-and-randomness", {
    path: "api/orders/service.ts",
    sources: [
      `const day = new Date(ctx.clock.now());`,
      `const ms = Date.UTC(2024, 0, 1);`,
      `import { createHash } from "node:crypto";`,
      `const later = ctx.clock.setTimeout(tick, 100);`,
      `const root = Math.sqrt(2);`,
    ],
  });
});
