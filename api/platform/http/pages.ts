/** Answers that carry more than their body. */
import type { Page, PageQuery } from "./schemas.ts";

/** A page's Link header, when there is a next or previous page. */
export function linkHeader(url: string, page: Page<unknown>): Record<string, string> {
  const at = (offset: number) => {
    const target = new URL(url);
    target.searchParams.set("limit", String(page.limit));
    target.searchParams.set("offset", String(offset));
    return `<${target.pathname}${target.search}>`;
  };
  const links = [];
  if (page.offset + page.items.length < page.total && page.items.length > 0) {
    links.push(`${at(page.offset + page.limit)}; rel="next"`);
  }
  if (page.offset > 0) links.push(`${at(Math.max(0, page.offset - page.limit))}; rel="prev"`);
  return links.length === 0 ? {} : { Link: links.join(", ") };
}

export function toPage<T>(items: T[], total: number, { limit, offset }: PageQuery): Page<T> {
  return { items, total, limit, offset };
}
