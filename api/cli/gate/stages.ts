/** What the gate runs, in the order in which a mistake is cheapest to find. */
import { isDenoSource } from "../../platform/laws/repository.ts";

export interface Stage {
  readonly name: string;
  /** Arguments of `deno`. */
  readonly args: readonly string[];
  /** `tests` counts what ran; a `check` counts only when it fails. */
  readonly kind: "check" | "tests";
}

const LAWS = "api/platform/laws/";
const TEST_FLAGS = [
  "test",
  "--allow-all",
  "--no-check",
  "--parallel",
  "--sanitize-ops",
  "--sanitize-resources",
];

/** Plans the stages over the repository's files; a stage without files is left out. */
export function planStages(
  paths: readonly string[],
  { journeys, update }: { journeys: boolean; update: boolean },
): Stage[] {
  const sources = paths.filter(isDenoSource);
  const tests = sources.filter((path) => path.endsWith("_test.ts"));
  const laws = tests.filter((path) => path.startsWith(LAWS));
  const others = tests.filter((path) => !isJourney(path) && !path.startsWith(LAWS));
  const stages: Stage[] = [
    { name: "install", kind: "check", args: ["install", "--frozen"] },
    { name: "build", kind: "check", args: ["run", "--allow-all", "core-wasm/build.ts"] },
    { name: "format", kind: "check", args: ["fmt", "--check"] },
    { name: "lint", kind: "check", args: ["lint", "--quiet"] },
    { name: "types", kind: "check", args: ["check", "--doc", "--quiet", ...sources] },
    ...testStage("laws", laws, update),
    ...testStage("tests", others, update),
  ];
  if (journeys) stages.push(...testStage("journeys", tests.filter(isJourney), update));
  return stages;
}

/** A journey goes through the whole program from outside; it takes seconds, so `ok` leaves it out. */
export function isJourney(path: string): boolean {
  return path.endsWith("_journey_test.ts");
}

function testStage(name: string, files: readonly string[], update: boolean): Stage[] {
  if (files.length === 0) return [];
  const args = [...TEST_FLAGS, ...files, ...(update ? ["--", "--update"] : [])];
  return [{ name, kind: "tests", args }];
}
