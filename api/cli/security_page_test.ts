import assert from "node:assert/strict";
import { SCOPES } from "../auth/scopes.ts";
import { ATTEMPT_POLICIES, DOORS, loginPolicies, WEIGHTS } from "../platform/rate_policies.ts";

async function readPage(): Promise<string> {
  return await Deno.readTextFile(new URL("../../docs/security.md", import.meta.url));
}

function rowOf(page: string, name: string): string {
  return page.split("\n").find((line) => line.startsWith(`| \`${name}\``)) ?? "";
}

Deno.test("docs/security.md names every policy with its quota, and every scope", async () => {
  const page = await readPage();
  const policies = [
    ...Object.values(DOORS).flatMap((door) => [...door.policies]),
    ...Object.values(ATTEMPT_POLICIES),
  ];
  for (const { name, quota } of policies) {
    assert.match(rowOf(page, name), new RegExp(`\\b${quota}\\b`), `${name} ${quota}`);
  }
  for (const { name } of Object.values(loginPolicies(10))) {
    assert.match(rowOf(page, name), /LOGIN_ATTEMPTS_PER_MINUTE/, name);
  }
  for (const scope of SCOPES) assert.notEqual(rowOf(page, scope), "", scope);
});

Deno.test("docs/security.md says what heavy calls count for", async () => {
  const page = (await readPage()).replaceAll(/\s+/g, " ");
  const { compute, backtest, import: imported } = WEIGHTS;
  assert.ok(
    page.includes(`computing counts ${compute}, a backtest ${backtest}, an import ${imported}`),
  );
});
