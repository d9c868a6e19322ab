import { REPOSITORY_ROOT } from "../../platform/laws/repository.ts";
import type { Stage } from "./stages.ts";
import { isNews, stageTally, type Tally } from "./tally.ts";

/** Runs a stage, shows what it prints as it comes, passing tests left out, and counts it. */
export async function runStage(stage: Stage): Promise<Tally> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...stage.args],
    cwd: REPOSITORY_ROOT,
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const output = await showNews(child.stdout);
  const { success } = await child.status;
  return stageTally(stage.kind, { success, output });
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
