// What the address says after #: a list, and possibly one thing selected. Deep links are made and read here only.

export const LISTS = ['requests', 'units', 'crews', 'orders', 'unsent', 'shifts', 'city', 'aside'] as const;
export type List = (typeof LISTS)[number];

const KINDS = ['request', 'unit', 'shift'] as const;
export type Selection = { kind: (typeof KINDS)[number]; id: string } | null;

export interface Route {
  list: List | null;
  selection: Selection;
}

/** "#/request/SR-26-000123", "#/unit/ma-truck-1", "#/shift/…", "#/unsent", "" … Anything else shows the start. */
export function readRoute(hash: string): Route {
  const [head = '', id = ''] = hash.replace(/^#\/?/, '').split('/');
  let decoded = '';
  try {
    decoded = decodeURIComponent(id);
  } catch {
    return { list: null, selection: null };
  }
  const kind = KINDS.find((k) => k === head);
  if (kind && decoded) return { list: kind === 'shift' ? 'shifts' : null, selection: { kind, id: decoded } };
  return { list: LISTS.find((l) => l === head) ?? null, selection: null };
}

export function linkTo(selection: NonNullable<Selection>): string {
  return `#/${selection.kind}/${encodeURIComponent(selection.id)}`;
}
