/** A real browser for journeys: what a page asks for and complains of is kept. */
import assert from "node:assert/strict";
import { type BrowserContext, chromium, type Page } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";

/** True when the browser that journeys use is installed. */
export function hasBrowser(): boolean {
  try {
    return Deno.statSync(CHROMIUM).isFile;
  } catch {
    return false;
  }
}

export interface View {
  readonly name: string;
  readonly scheme: "dark" | "light";
  readonly width: number;
  readonly height: number;
}

/** The views in which every page is looked at. */
export const VIEWS: readonly View[] = [
  { name: "dark", scheme: "dark", width: 1400, height: 900 },
  { name: "light", scheme: "light", width: 1400, height: 900 },
  { name: "phone-dark", scheme: "dark", width: 390, height: 844 },
  { name: "phone-light", scheme: "light", width: 390, height: 844 },
];

export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  /** Errors of the console and of the page's programs. */
  readonly errors: readonly string[];
  /** Everything the page wrote to the console. */
  readonly messages: readonly string[];
  /** Addresses of every request, in order. */
  readonly requests: readonly string[];
}

/** A browser with a profile of its own, for pages that may share one. */
export interface OpenBrowser extends AsyncDisposable {
  readonly context: BrowserContext;
  openPage(view: View): Promise<OpenPage>;
}

/** A browser whose profile is deleted at the end. */
export async function openBrowser(): Promise<OpenBrowser> {
  const profile = await Deno.makeTempDir({ prefix: "candlewick-browser-" });
  const context = await launch(profile);
  return {
    context,
    openPage: (view) => watchPage(context, view),
    async [Symbol.asyncDispose]() {
      await context.close();
      await Deno.remove(profile, { recursive: true });
    },
  };
}

/** A page in a browser of its own. */
export async function openPage(view: View): Promise<OpenPage> {
  const browser = await openBrowser();
  const open = await browser.openPage(view);
  return { ...open, [Symbol.asyncDispose]: () => browser[Symbol.asyncDispose]() };
}

async function watchPage(context: BrowserContext, view: View): Promise<OpenPage> {
  const page = await context.newPage();
  const errors: string[] = [];
  const messages: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => {
    messages.push(`${message.type()}: ${message.text()}`);
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (err) => void errors.push(String(err)));
  page.on("request", (request) => void requests.push(request.url()));
  await page.emulateMedia({ colorScheme: view.scheme, reducedMotion: "reduce" });
  await page.setViewportSize({ width: view.width, height: view.height });
  return { page, errors, messages, requests, [Symbol.asyncDispose]: () => page.close() };
}

async function launch(profile: string): Promise<BrowserContext> {
  return await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: readonly { readonly target: readonly string[]; readonly html: string }[];
  }[];
}

/** Asserts that axe-core finds nothing serious or critical outside `exclude` (selectors). */
export async function assertAccessible(page: Page, exclude: readonly string[] = []): Promise<void> {
  const source = new URL("axe.min.js", import.meta.resolve("axe-core"));
  await page.evaluate(await Deno.readTextFile(source));
  const options = JSON.stringify({ exclude: exclude.map((selector) => [selector]) });
  const result = await page.evaluate<AxeResult>(
    exclude.length === 0 ? "axe.run()" : `axe.run(${options})`,
  );
  const bad = result.violations.filter(({ impact }) => /^(serious|critical)$/.test(impact));
  assert.deepEqual(
    bad.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.map((node) => node.html) })),
    [],
  );
}
