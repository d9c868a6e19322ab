/** File paths out of `file:` URLs, relative ones too (`file:./data/x.db`). */
import { dirname, resolve } from "node:path";

export { dirname };

export function fromFileUrl(url: string): string {
  const path = url.slice("file:".length).replace(/^\/\/(localhost)?(?=\/)/, "");
  return resolve(decodeURIComponent(path));
}
