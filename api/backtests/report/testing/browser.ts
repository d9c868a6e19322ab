/** A real browser on a file, that writes down whatever a page should not do. */
import axe, { type AxeResults } from "axe-core";
import { type BrowserContext, chromium, type Page } from "playwright-core";

export const CHROMIUM = "/usr/bin/chromium";

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const GRAVE = new Set(["serious", "critical"]);

export interface PageLook {
  readonly width: number;
  readonly height: number;
  readonly colors: "dark" | "light";
}

export interface OpenedPage {
  readonly page: Page;
  /** Console messages, errors and requests for anything but the file. */
  readonly complaints: readonly string[];
}

export function hasChromium(): boolean {
  try {
    return Deno.statSync(CHROMIUM).isFile;
  } catch {
    return false;
  }
}

/** Runs the work in a browser with a profile of its own; both are gone afterwards. */
export async function withBrowser(work: (browser: BrowserContext) => Promise<void>): Promise<void> {
  const profile = await Deno.makeTempDir({ prefix: "candlewick-browser-" });
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    args: ARGS,
  });
  try {
    await work(browser);
  } finally {
    await browser.close();
    await Deno.remove(profile, { recursive: true });
  }
}

/** Opens a file and waits until the page has said what it shows. */
export async function openFile(
  browser: BrowserContext,
  path: string,
  { width, height, colors }: PageLook,
): Promise<OpenedPage> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    const url = request.url();
    if (url !== `file://${path}` && !url.startsWith("data:,")) complaints.push(`asked for ${url}`);
  });
  await page.emulateMedia({ colorScheme: colors, reducedMotion: "reduce" });
  await page.setViewportSize({ width, height });
  await page.goto(`file://${path}`);
  await page.locator("#chart-status").filter({ hasText: /\S/ }).waitFor();
  return { page, complaints };
}

/** Grave findings of axe-core, with the first place of each. */
export async function graveFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate("axe.run()") as AxeResults;
  return violations.filter(({ impact }) => GRAVE.has(impact ?? ""))
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
