// What the address says after #: a view with its filters, and possibly one thing selected. Deep links are made and read here only.

export const LISTS = [
  'requests', 'orders', 'units', 'crews', 'shifts', 'unsent', 'overview', 'alerts', 'hazards', 'desk', 'replay', 'reports', 'coverage', 'lights', 'spots', 'costs',
  'automation', 'events', 'places', 'imports', 'city', 'aside',
] as const;
export type List = (typeof LISTS)[number];

const KINDS = ['request', 'unit', 'shift', 'order'] as const;
export type Selection = { kind: (typeof KINDS)[number]; id: string } | null;

export interface Route {
  list: List | null;
  selection: Selection;
  /** Filters of the view. */
  query: Record<string, string>;
}

const NOWHERE: Route = { list: null, selection: null, query: {} };

/** "#/orders", "#/requests?tab=review", "#/request/SR-26-000123", "#/units/unit/truck-1", "" … Anything else shows the start. */
export function readRoute(hash: string): Route {
  const [path = '', filters = ''] = hash.replace(/^#\/?/, '').split('?');
  let parts: string[];
  try {
    parts = path.split('/').map(decodeURIComponent);
  } catch {
    return NOWHERE;
  }
  const list = LISTS.find((l) => l === parts[0]) ?? null;
  const [head, id] = list ? parts.slice(1) : parts;
  const query = Object.fromEntries(new URLSearchParams(filters));
  const kind = KINDS.find((k) => k === head);
  if (kind && id) return { list: list ?? (kind === 'shift' ? 'shifts' : null), selection: { kind, id }, query };
  return { list, selection: null, query: list ? query : {} };
}

/** The short address of a thing, whichever view is open. */
export function linkTo(selection: NonNullable<Selection>): string {
  return `#/${selection.kind}/${encodeURIComponent(selection.id)}`;
}

/** The whole address: the view, its filters and what is selected. The start says no more than it must. */
export function hashOf(list: List, selection: Selection, query: Record<string, string> = {}): string {
  const chosen = selection ? linkTo(selection).slice(2) : '';
  const head = selection && list === 'requests' ? chosen : [list, chosen].filter(Boolean).join('/');
  const filters = new URLSearchParams(query).toString();
  return `#/${head}${filters && `?${filters}`}`;
}
