import { REPOSITORY_ROOT } from "../../platform/laws/repository.ts";
import type { Stage } from "./stages.ts";
import { isNews, stageTally, type Tally } from "./tally.ts";

/**
 * Runs a stage, shows what it prints as it comes, passing tests left out, and counts it. A check
 * whose program died by a signal found nothing and said nothing, so it runs once more: Deno 2.9's
 * linter with a plugin ends so about once in a dozen runs.
 */
export async function runStage(stage: Stage): Promise<Tally> {
  const { tally, signal } = await runOnce(stage);
  if (stage.kind !== "check" || signal === null) return tally;
  console.log(`deno ${stage.args[0]} died by ${signal}: once more`);
  return (await runOnce(stage)).tally;
}

async function runOnce(stage: Stage): Promise<{ tally: Tally; signal: Deno.Signal | null }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...stage.args],
    cwd: REPOSITORY_ROOT,
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const output = await showNews(child.stdout);
  const { success, signal } = await child.status;
  return { tally: stageTally(stage.kind, { success, output }), signal };
}

async function showNews(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let text = "";
  let shown = 0;
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf("\n", shown); end >= 0; end = text.indexOf("\n", shown)) {
      const line = text.slice(shown, end);
      shown = end + 1;
      if (isNews(line)) console.log(line);
    }
  }
  if (shown < text.length) console.log(text.slice(shown));
  return text;
}
