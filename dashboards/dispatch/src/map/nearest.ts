/** What lies under a point of the map. */
export type Target =
  | { kind: 'unit'; id: string }
  | { kind: 'request'; id: string }
  | { kind: 'group'; lon: number; lat: number; x: number; y: number };

/** Remembers the nearest of what is within reach. */
export function nearest(px: number, py: number) {
  let best = Number.POSITIVE_INFINITY;
  return {
    found: null as Target | null,
    consider(x: number, y: number, reach: number, make: () => Target) {
      const gap = Math.hypot(x - px, y - py);
      if (gap > reach || gap >= best) return;
      best = gap;
      this.found = make();
    },
  };
}
