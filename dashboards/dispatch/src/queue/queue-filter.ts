// Which service requests the queue shows, and in which order. Pure.
import { moment } from '../../../shared/format/moment';
import type { RequestSummary } from '../feed/shapes';

export const TABS = ['all', 'review', 'unassigned', 'closed'] as const;
export type Tab = (typeof TABS)[number];
export const SORTS = ['target', 'newest', 'priority'] as const;
export type Sort = (typeof SORTS)[number];

export interface QueueView {
  tab: Tab;
  sort: Sort;
  overdue: boolean;
  service: string;
  department: string;
  district: string;
  source: string;
}

/** What narrows the queue, one value each; empty: any. */
export const FILTERS = ['service', 'department', 'district', 'source'] as const;
export type Filter = (typeof FILTERS)[number];
/** The district of what lies in none. */
export const NO_DISTRICT = '-';

export const viewOf = (q: Record<string, string>): QueueView => ({
  tab: TABS.find((t) => t === q.tab) ?? 'all', sort: SORTS.find((s) => s === q.sort) ?? 'target', overdue: q.overdue === '1',
  service: q.service ?? '', department: q.department ?? '', district: q.district ?? '', source: q.source ?? '',
});

/** As it stands in the address: only what differs from the usual view. */
export function queryOf(v: QueueView): Record<string, string> {
  const all: [string, string][] = [
    ['tab', v.tab === 'all' ? '' : v.tab], ['sort', v.sort === 'target' ? '' : v.sort], ['overdue', v.overdue ? '1' : ''],
    ...FILTERS.map((f): [string, string] => [f, v[f]]),
  ];
  return Object.fromEntries(all.filter(([, value]) => value !== ''));
}

/** Proposed by sensors and not cleared by a person yet, or kept for another day by the daily cap. */
export const waitsForReview = (r: RequestSummary): boolean => r.status === 'open' && (r.stage === 'review' || r.stage === 'held');

export const inTab: Record<Tab, (r: RequestSummary) => boolean> = {
  all: (r) => r.status === 'open',
  review: waitsForReview,
  unassigned: (r) => r.status === 'open' && !r.crew && !r.parent && !waitsForReview(r),
  closed: (r) => r.status !== 'open',
};

export const passes = (r: RequestSummary, v: QueueView): boolean =>
  FILTERS.every((f) => v[f] === '' || (f === 'district' && v.district === NO_DISTRICT ? !r.district : r[f] === v[f]));

export const targetMs = (r: { targetAt?: string | null }): number | null => (r.targetAt ? moment(r.targetAt) : null);

export const isOverdue = (r: RequestSummary, nowMs: number): boolean => {
  const target = targetMs(r);
  return r.status === 'open' && target !== null && target < nowMs;
};

export function queueOf(all: readonly RequestSummary[], view: QueueView, nowMs: number): RequestSummary[] {
  const shown = all.filter((r) => inTab[view.tab](r) && passes(r, view) && (!view.overdue || isOverdue(r, nowMs)));
  if (view.tab === 'review') return reviewOrder(shown);
  if (view.tab === 'closed') return shown.sort((a, b) => moment(b.closedAt ?? b.updatedAt) - moment(a.closedAt ?? a.updatedAt));
  const key = order[view.sort];
  // Each key is made once: a sort of thousands compares each a dozen times.
  return shown.map((r) => ({ r, at: key(r) })).sort((a, b) => a.at - b.at || (a.r.number < b.r.number ? 1 : -1)).map(({ r }) => r);
}

/** As the hub ranks them: what is held comes last. */
export const reviewOrder = (all: readonly RequestSummary[]): RequestSummary[] =>
  all.filter(waitsForReview).sort((a, b) =>
    Number(a.stage === 'held') - Number(b.stage === 'held') || a.priority - b.priority
    || (b.evidenceFor - b.evidenceAgainst) - (a.evidenceFor - a.evidenceAgainst)
    || moment(a.openedAt) - moment(b.openedAt) || (a.number < b.number ? -1 : 1));

/** Later than any date, and small enough to stand behind a priority in one number. */
const FAR = 1e14;
const byTarget = (r: RequestSummary) => targetMs(r) ?? FAR;
/** What is sorted by, smallest first. */
const order: Record<Sort, (r: RequestSummary) => number> = {
  target: byTarget,
  newest: (r) => -moment(r.openedAt),
  priority: (r) => r.priority * FAR * 2 + byTarget(r),
};

export interface QueueFigures {
  open: number;
  unassigned: number;
  overdue: number;
  dueToday: number;
  byTab: Record<Tab, number>;
  byService: Record<string, number>;
}

export function figuresOf(all: readonly RequestSummary[], nowMs: number): QueueFigures {
  const figures: QueueFigures = {
    open: 0, unassigned: 0, overdue: 0, dueToday: 0, byTab: { all: 0, review: 0, unassigned: 0, closed: 0 }, byService: {},
  };
  for (const r of all) {
    for (const tab of TABS) if (inTab[tab](r)) figures.byTab[tab]++;
    if (r.status !== 'open') continue;
    figures.open++;
    figures.byService[r.service] = (figures.byService[r.service] ?? 0) + 1;
    if (inTab.unassigned(r)) figures.unassigned++;
    const target = targetMs(r);
    if (target === null) continue;
    if (target < nowMs) figures.overdue++;
    else if (target - nowMs < 86_400_000) figures.dueToday++;
  }
  return figures;
}
