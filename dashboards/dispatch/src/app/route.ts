// What the address says after #: a list, and possibly one thing selected. Deep links are made and read here only.

export const LISTS = ['requests', 'units', 'crews', 'orders', 'aside'] as const;
export type List = (typeof LISTS)[number];

export type Selection = { kind: 'request'; id: string } | { kind: 'unit'; id: string } | null;

export interface Route {
  list: List | null;
  selection: Selection;
}

/** "#/request/SR-26-000123", "#/unit/ma-truck-1", "#/crews", "" … Anything else shows the start. */
export function readRoute(hash: string): Route {
  const [head = '', id = ''] = hash.replace(/^#\/?/, '').split('/');
  let decoded = '';
  try {
    decoded = decodeURIComponent(id);
  } catch {
    return { list: null, selection: null };
  }
  if ((head === 'request' || head === 'unit') && decoded) return { list: null, selection: { kind: head, id: decoded } };
  return { list: LISTS.find((l) => l === head) ?? null, selection: null };
}

export function linkTo(selection: NonNullable<Selection>): string {
  return `#/${selection.kind}/${encodeURIComponent(selection.id)}`;
}
