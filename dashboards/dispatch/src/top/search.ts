// Finds requests, units and crews by what a person types: number, address, name. Pure.
import type { RequestSummary, Unit } from '../feed/shapes';

export interface Hit {
  kind: 'request' | 'unit' | 'place';
  id: string;
  title: string;
  detail: string;
}

/** "125 Inman St", "inman & hampshire": a place is meant before anything that lies there. */
export const asksForPlace = (query: string): boolean => /^\s*\d+[a-z]?\s+\p{L}/iu.test(query) || /\S\s*[&@/]\s*\S|\S\s(and|y|e|ak|at|corner)\s\S/i.test(query);

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** All words must occur; a match at the start of a number or name comes first. */
export function search(query: string, requests: readonly RequestSummary[], units: readonly Unit[], most = 12): Hit[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const hits: (Hit & { rank: number })[] = [];
  const consider = (hit: Hit, text: string, bonus: number) => {
    const body = plain(text);
    if (!words.every((w) => body.includes(w))) return;
    const starts = body.split(/[\s,-]+/).some((part) => part.startsWith(words[0] ?? ''));
    hits.push({ ...hit, rank: bonus + (starts ? 0 : 2) });
  };
  for (const u of units) consider({ kind: 'unit', id: u.id, title: u.name, detail: u.id }, `${u.name} ${u.id}`, 0);
  for (const r of requests)
    consider(
      { kind: 'request', id: r.number, title: r.title, detail: `${r.number} · ${r.address ?? ''}` },
      `${r.number} ${r.address ?? ''} ${r.title} ${r.pole ?? ''} ${r.crew ?? ''}`,
      r.status === 'open' ? 0 : 1,
    );
  return hits.sort((a, b) => a.rank - b.rank || a.id.localeCompare(b.id)).slice(0, most);
}
