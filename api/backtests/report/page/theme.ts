/** The page's colours as a canvas takes them, and the switch between dark and light. */

export interface Theme {
  readonly background: string;
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly up: string;
  readonly down: string;
  readonly accent: string;
  readonly font: string;
  /** For marks that name no colour. */
  readonly palette: readonly string[];
}

type Rgb = readonly [number, number, number];

const PALETTE_SIZE = 6;
const CONTRAST_LEAST = 1.9;

export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    background: value("surface"),
    text: value("text"),
    muted: value("muted"),
    grid: value("grid"),
    up: value("gain"),
    down: value("fall"),
    accent: value("accent"),
    font: `11px ${getComputedStyle(document.body).fontFamily}`,
    palette: Array.from({ length: PALETTE_SIZE }, (_, index) => value(`line-${index + 1}`)),
  };
}

/** Whether the page is dark now, by the reader's choice or the system's. */
export function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen === undefined
    ? matchMedia("(prefers-color-scheme: dark)").matches
    : chosen === "dark";
}

/** Makes the button switch, and tells of every change of colours. */
export function wireTheme(button: HTMLButtonElement, changed: () => void): void {
  const root = document.documentElement;
  const refresh = () => {
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", isDark() ? "Use light colours" : "Use dark colours");
    changed();
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    refresh();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", refresh);
  let chosen: string | undefined;
  addEventListener("beforeprint", () => {
    chosen = root.dataset.theme;
    root.dataset.theme = "light";
    refresh();
  });
  addEventListener("afterprint", () => {
    if (chosen === undefined) delete root.dataset.theme;
    else root.dataset.theme = chosen;
    refresh();
  });
  refresh();
}

/** A strategy's colour, or one near it that can be seen on this background. */
export function seenColor(wanted: string, theme: Theme, ink: CanvasRenderingContext2D): string {
  const color = toRgb(wanted, ink);
  const paper = toRgb(theme.background, ink);
  const text = toRgb(theme.text, ink);
  if (color === null || paper === null || text === null) return wanted;
  if (contrast(color, paper) >= CONTRAST_LEAST) return wanted;
  const [red, green, blue] = color.map((part, index) =>
    Math.round((part + (text[index] ?? 0)) / 2)
  );
  return `rgb(${red}, ${green}, ${blue})`;
}

/** A colour as a canvas understands it; null for one it does not know or that is see-through. */
function toRgb(color: string, ink: CanvasRenderingContext2D): Rgb | null {
  ink.fillStyle = "#010203";
  ink.fillStyle = color;
  const hex = /^#([0-9a-f]{6})$/.exec(ink.fillStyle)?.[1];
  if (hex === undefined) return null;
  const code = Number.parseInt(hex, 16);
  return [code >> 16, (code >> 8) & 255, code & 255];
}

/** WCAG's contrast ratio. */
function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((part) => {
    const share = part / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
