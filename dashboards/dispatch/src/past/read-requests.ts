import { ask } from '../app/api';
import type { RequestSummary } from '../feed/shapes';

const PAGE = 1000;
const MOST_PAGES = 20;
/** Few requests stay open for longer. */
const LONGEST_OPEN_MS = 120 * 86_400_000;

/** All requests that were opened or changed since a moment, newest first; whole says whether the hub had more than is read in one go. */
export async function requestsSince(from: number, filters: Record<string, string>, signal: AbortSignal): Promise<{ items: RequestSummary[]; whole: boolean }> {
  const items: RequestSummary[] = [];
  let cursor = '';
  for (let page = 0; page < MOST_PAGES; page++) {
    const wish = new URLSearchParams({ limit: String(PAGE), ...filters, ...(cursor ? { cursor } : {}) });
    const answer = await ask<{ items: RequestSummary[]; next: string | null }>(`/api/requests?${wish}`, { signal });
    items.push(...answer.items);
    const last = answer.items.at(-1);
    // What was opened long before may have ended in the time.
    if (!answer.next || (last && Date.parse(last.openedAt) < from - LONGEST_OPEN_MS)) return { items, whole: true };
    cursor = answer.next;
  }
  return { items, whole: false };
}
