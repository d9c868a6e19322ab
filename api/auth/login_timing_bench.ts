/**
 * Does a login tell by its time whether the name is known? 500 wrong passwords of a known user and
 * 500 unknown names, in random order, at the real cost of a hash, compared by the two-sample
 * Kolmogorov–Smirnov test. It throws when chance explains the difference less than once in 1,000.
 */
import { createTestApp } from "../testing.ts";
import { createSeededRandom } from "../platform/testing.ts";
import { login } from "./testing.ts";

const SAMPLES = 500;
const P_MIN = 0.001;

Deno.bench({
  name: "login: known names against unknown ones (1,000 logins)",
  n: 1,
  warmup: 0,
  async fn() {
    await using test = await createTestApp({
      ARGON2_MEMORY_KIB: "19456",
      ARGON2_PASSES: "2",
      LOGIN_ATTEMPTS_PER_MINUTE: "100000",
    });
    const alice = await test.signUp("alice");
    const times: Record<"known" | "unknown", number[]> = { known: [], unknown: [] };
    for (const [index, kind] of shuffledKinds().entries()) {
      const name = kind === "known" ? alice.name : `nobody-${index}`;
      const start = performance.now();
      const answer = await login(test, { name, password: "not the password" });
      times[kind].push(performance.now() - start);
      if (answer.status !== 401) throw new Error(`A login answered ${answer.status}`);
    }
    report(times);
  },
});

function shuffledKinds(): ("known" | "unknown")[] {
  const random = createSeededRandom(7);
  return Array.from({ length: 2 * SAMPLES }, (_, index) => ({
    kind: index % 2 === 0 ? "known" as const : "unknown" as const,
    order: random.bytes(4).reduce((sum, byte) => sum * 256 + byte, 0),
  })).sort((a, b) => a.order - b.order).map(({ kind }) => kind);
}

function report({ known, unknown }: { known: number[]; unknown: number[] }): void {
  const distance = kolmogorovSmirnov(known, unknown);
  const p = chanceOf(distance, known.length, unknown.length);
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
  console.log(
    `median known ${median(known).toFixed(2)} ms, unknown ${median(unknown).toFixed(2)} ms, ` +
      `D = ${distance.toFixed(4)}, p = ${p.toFixed(4)}`,
  );
  if (p < P_MIN) throw new Error(`The time of a login tells known names: p = ${p}`);
}

/** The largest distance between the two empirical distribution functions. */
function kolmogorovSmirnov(left: readonly number[], right: readonly number[]): number {
  const [a, b] = [left.toSorted((x, y) => x - y), right.toSorted((x, y) => x - y)];
  let [i, j, distance] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    if ((a[i] ?? 0) <= (b[j] ?? 0)) i++;
    else j++;
    distance = Math.max(distance, Math.abs(i / a.length - j / b.length));
  }
  return distance;
}

/** The asymptotic p-value, with Stephens' correction for finite samples. */
function chanceOf(distance: number, left: number, right: number): number {
  const size = Math.sqrt((left * right) / (left + right));
  const lambda = (size + 0.12 + 0.11 / size) * distance;
  let sum = 0;
  for (let term = 1; term <= 100; term++) {
    sum += 2 * (-1) ** (term - 1) * Math.exp(-2 * (term * lambda) ** 2);
  }
  return Math.min(1, Math.max(0, sum));
}
