// Which service requests the queue shows, and in which order. Pure.
import type { RequestSummary } from '../feed/shapes';

export const TABS = ['all', 'review', 'unassigned', 'lights', 'potholes'] as const;
export type Tab = (typeof TABS)[number];
export const SORTS = ['target', 'newest', 'priority'] as const;
export type Sort = (typeof SORTS)[number];

export interface QueueView {
  tab: Tab;
  sort: Sort;
  overdue: boolean;
}

/** Proposed by sensors and not cleared by a person yet, or kept for another day by the daily cap. */
export const waitsForReview = (r: RequestSummary): boolean => r.status === 'open' && (r.stage === 'review' || r.stage === 'held');

export const inTab: Record<Tab, (r: RequestSummary) => boolean> = {
  all: () => true,
  review: waitsForReview,
  unassigned: (r) => !r.crew && !waitsForReview(r),
  lights: (r) => r.service === 'street-light-out',
  potholes: (r) => r.service === 'pothole',
};

export const targetMs = (r: { targetAt?: string | null }): number | null => (r.targetAt ? Date.parse(r.targetAt) : null);

export const isOverdue = (r: RequestSummary, nowMs: number): boolean => {
  const target = targetMs(r);
  return r.status === 'open' && target !== null && target < nowMs;
};

export function queueOf(all: readonly RequestSummary[], view: QueueView, nowMs: number): RequestSummary[] {
  if (view.tab === 'review') return reviewOrder(all).filter((r) => !view.overdue || isOverdue(r, nowMs));
  const test = inTab[view.tab];
  return all
    .filter((r) => r.status === 'open' && test(r) && (!view.overdue || isOverdue(r, nowMs)))
    .sort((a, b) => order[view.sort](a, b) || (a.number < b.number ? 1 : -1));
}

/** As the hub ranks them: what is held comes last. */
export const reviewOrder = (all: readonly RequestSummary[]): RequestSummary[] =>
  all.filter(waitsForReview).sort((a, b) =>
    Number(a.stage === 'held') - Number(b.stage === 'held') || a.priority - b.priority
    || (b.evidenceFor - b.evidenceAgainst) - (a.evidenceFor - a.evidenceAgainst)
    || Date.parse(a.openedAt) - Date.parse(b.openedAt) || (a.number < b.number ? -1 : 1));

const FAR = Number.MAX_SAFE_INTEGER;
const byTarget = (a: RequestSummary, b: RequestSummary) => (targetMs(a) ?? FAR) - (targetMs(b) ?? FAR);
const order: Record<Sort, (a: RequestSummary, b: RequestSummary) => number> = {
  target: byTarget,
  newest: (a, b) => Date.parse(b.openedAt) - Date.parse(a.openedAt),
  priority: (a, b) => a.priority - b.priority || byTarget(a, b),
};

export interface QueueFigures {
  open: number;
  unassigned: number;
  overdue: number;
  dueToday: number;
  byTab: Record<Tab, number>;
}

export function figuresOf(all: readonly RequestSummary[], nowMs: number): QueueFigures {
  const figures: QueueFigures = {
    open: 0, unassigned: 0, overdue: 0, dueToday: 0, byTab: { all: 0, review: 0, unassigned: 0, lights: 0, potholes: 0 },
  };
  for (const r of all) {
    if (r.status !== 'open') continue;
    figures.open++;
    for (const tab of TABS) if (inTab[tab](r)) figures.byTab[tab]++;
    if (inTab.unassigned(r)) figures.unassigned++;
    const target = targetMs(r);
    if (target === null) continue;
    if (target < nowMs) figures.overdue++;
    else if (target - nowMs < 86_400_000) figures.dueToday++;
  }
  return figures;
}
