// Opened and closed requests by hour or day of the city. Pure.
import { dayOf } from '../../../shared/format/time';
import type { RequestSummary } from '../feed/shapes';

export interface Flow {
  /** Beginning of each step, ms. */
  at: number[];
  opened: number[];
  closed: number[];
  /** By source, opened. */
  bySource: Record<string, number>;
}

const HOUR = 3_600_000;

/** What opened and closed between two moments, by hours, or by days of the city's calendar. */
export function flowOf(all: readonly RequestSummary[], from: number, to: number, by: 'hour' | 'day', zone?: string): Flow {
  const at: number[] = [];
  const index = new Map<string | number, number>();
  const stepOf = (ms: number) => (by === 'hour' ? Math.floor(ms / HOUR) : dayOf(ms, zone));
  // From whole hour to whole hour: the one that is not over yet has its step, too.
  for (let t = Math.floor(from / HOUR) * HOUR; t < to; t += HOUR) {
    const key = stepOf(t);
    if (index.has(key)) continue;
    index.set(key, at.length);
    at.push(t);
  }
  const opened = at.map(() => 0);
  const closed = at.map(() => 0);
  const bySource: Record<string, number> = {};
  const count = (into: number[], ms: number) => {
    if (ms < from || ms >= to) return false;
    const i = index.get(stepOf(ms));
    if (i !== undefined) into[i] = (into[i] ?? 0) + 1;
    return true;
  };
  for (const r of all) {
    if (count(opened, Date.parse(r.openedAt))) bySource[r.source] = (bySource[r.source] ?? 0) + 1;
    if (r.status === 'closed') count(closed, Date.parse(r.closedAt ?? r.updatedAt));
  }
  return { at, opened, closed, bySource };
}
