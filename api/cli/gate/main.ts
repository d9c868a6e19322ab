/**
 * The gate every commit passes, ending with the plain line `N passed, N failed`.
 *
 *     deno task ok                the stages of a commit
 *     deno task test              those and the journeys
 *     deno task ok -- --update    writes the reviewed snapshots anew
 */
import { listRepositoryFiles } from "../../platform/laws/repository.ts";
import { runStage } from "./run_stage.ts";
import { planStages } from "./stages.ts";
import { addTallies, EMPTY_TALLY, type Tally } from "./tally.ts";

async function runGate(options: { journeys: boolean; update: boolean }): Promise<Tally> {
  const stages = planStages(await listRepositoryFiles(), options);
  const times: string[] = [];
  let total = EMPTY_TALLY;
  for (const stage of stages) {
    console.log(`\n== ${stage.name}`);
    const start = performance.now();
    const tally = await runStage(stage);
    total = addTallies(total, tally);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    times.push(`${tally.failed === 0 ? "ok    " : "FAILED"} ${stage.name} (${seconds} s)`);
  }
  console.log(`\n${times.join("\n")}`);
  if (total.ignored > 0) console.log(`${total.ignored} ignored, each names what it needs`);
  return total;
}

if (import.meta.main) {
  const [kind, ...flags] = Deno.args.filter((argument) => argument !== "--");
  const unknown = flags.find((flag) => flag !== "--update");
  if ((kind !== "ok" && kind !== "test") || unknown !== undefined) {
    console.error(`Cannot run the gate with "${Deno.args.join(" ")}": use ok or test [--update]`);
    Deno.exit(2);
  }
  const { passed, failed } = await runGate({
    journeys: kind === "test",
    update: flags.includes("--update"),
  });
  console.log(`${passed} passed, ${failed} failed`);
  Deno.exitCode = failed === 0 ? 0 : 1;
}
