/** `api/edge/main.ts` whose minute is a line on standard input, so that a test need not wait for it. */
const ticks: (() => Promise<void>)[] = [];
Object.defineProperty(Deno, "cron", {
  value: (_name: string, _schedule: string, tick: () => Promise<void>) => void ticks.push(tick),
});
await import("../main.ts");
for await (const _ of Deno.stdin.readable) {
  for (const tick of ticks) await tick();
  console.log(JSON.stringify({ event: "tick ended" }));
}
