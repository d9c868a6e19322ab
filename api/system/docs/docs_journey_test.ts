import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { pause } from "../../platform/clock.ts";
import {
  assertAccessible,
  hasBrowser,
  openPage,
  type View,
  VIEWS,
} from "../../platform/testing/browser.ts";
import { type RunningServer, startServer } from "../../server.ts";
import { testSettings } from "../../testing.ts";

const ignore = !hasBrowser();
const REGISTER = "#candlewick/tag/authentication/POST/api/v1/auth/register";
const GET_ME = "#candlewick/tag/users/GET/api/v1/users/me";

/** The window that sends requests is the library's: its fields lack names and roles of their own. */
const LIBRARYS_OWN = [".scalar-app"];

async function withServer(work: (baseUrl: string) => Promise<void>): Promise<void> {
  const dataDir = await Deno.makeTempDir({ prefix: "candlewick-docs-" });
  let server: RunningServer | undefined;
  try {
    server = await startServer(testSettings(dataDir, { PORT: "0", RUN_JOBS: "no" }));
    await work(`http://127.0.0.1:${server.address.port}`);
  } finally {
    await server?.stop();
    await Deno.remove(dataDir, { recursive: true });
  }
}

const DESKTOP: View = { name: "desktop", scheme: "dark", width: 1400, height: 900 };

/** Where SCREENSHOTS_DIR names a folder, what the tests saw is kept there. */
const SCREENSHOTS_DIR = Deno.env.get("SCREENSHOTS_DIR");

Deno.test({
  name:
    "/docs shows the reference in every view without errors or foreign requests (needs chromium)",
  ignore,
  fn: async (t) => {
    await withServer(async (baseUrl) => {
      for (const view of VIEWS) await t.step(view.name, () => lookAt(baseUrl, view));
    });
  },
});

async function lookAt(baseUrl: string, view: View): Promise<void> {
  await using open = await openPage(view);
  const { page, errors, requests } = open;
  await page.goto(`${baseUrl}/docs`);
  await page.getByRole("heading", { name: "First steps" }).waitFor();
  await page.goto(`${baseUrl}/docs${REGISTER}`);
  await page.getByRole("button", { name: /Test Request/ }).first().waitFor();
  assert.equal(await page.evaluate("document.documentElement.scrollWidth"), view.width);
  await assertAccessible(page);
  if (SCREENSHOTS_DIR) await page.screenshot({ path: `${SCREENSHOTS_DIR}/docs-${view.name}.png` });
  assert.deepEqual(errors, []);
  assert.deepEqual(requests.filter((url) => !url.startsWith(baseUrl) && url !== "data:,"), []);
}

Deno.test({
  name: "/docs sends requests, and keeps the token it was given over a reload (needs chromium)",
  ignore,
  fn: async () => {
    await withServer(async (baseUrl) => {
      await using open = await openPage(DESKTOP);
      const { page, errors } = open;
      const send = async (operation: string, path: string) => {
        await page.goto(`${baseUrl}/docs${operation}`);
        await page.reload();
        await page.getByRole("button", { name: /Test Request/ }).first().click();
        const answer = page.waitForResponse((response) => response.url() === `${baseUrl}${path}`);
        await page.getByRole("button", { name: /Send/ }).first().click();
        return await answer;
      };
      const registered = await send(REGISTER, "/api/v1/auth/register");
      assert.equal(registered.status(), 201);
      const { access_token } = await registered.json();
      await assertAccessible(page, LIBRARYS_OWN);
      await page.goto(`${baseUrl}/docs`);
      await page.reload();
      await page.getByPlaceholder("Token").first().fill(access_token);
      await untilStored(page, access_token);
      const me = await send(GET_ME, "/api/v1/users/me");
      assert.equal(me.status(), 200);
      assert.equal((await me.json()).username, "trader123");
      assert.deepEqual(errors, []);
    });
  },
});

/** The page keeps what was typed a moment later; its policy forbids to wait for it inside the page. */
async function untilStored(page: Page, text: string): Promise<void> {
  const signal = AbortSignal.timeout(10_000);
  while (!(await page.evaluate<string>("JSON.stringify(localStorage)")).includes(text)) {
    await pause(50, signal);
    signal.throwIfAborted();
  }
}
