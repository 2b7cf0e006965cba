// Groups points that would cover each other. Depends on the zoom level only, so groups stay while the map pans. Pure.
import { worldSize } from './view';

export interface ClusterPoint<T> {
  x: number;
  y: number;
  item: T;
}

export interface Cluster<T> {
  x: number;
  y: number;
  items: T[];
}

/** @param zoom level whose pixels count; @param radius in pixels; 0 groups nothing. */
export function cluster<T>(points: readonly ClusterPoint<T>[], zoom: number, radius: number): Cluster<T>[] {
  if (radius <= 0) return points.map((p) => ({ x: p.x, y: p.y, items: [p.item] }));
  const reach = radius / worldSize(zoom);
  const cells = new Map<number, number[]>();
  const cellOf = (v: number) => Math.floor(v / reach);
  // One number a cell: below 2 ** 25 columns of pixels as wide as a group, whatever the zoom.
  const keyOf = (x: number, y: number) => x * 2 ** 26 + y;
  points.forEach((p, i) => {
    const key = keyOf(cellOf(p.x), cellOf(p.y));
    const cell = cells.get(key);
    if (cell) cell.push(i);
    else cells.set(key, [i]);
  });
  const taken = new Uint8Array(points.length);
  const out: Cluster<T>[] = [];
  points.forEach((seed, i) => {
    if (taken[i]) return;
    const group: Cluster<T> = { x: 0, y: 0, items: [] };
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++)
        for (const j of cells.get(keyOf(cellOf(seed.x) + dx, cellOf(seed.y) + dy)) ?? []) {
          const p = points[j];
          if (taken[j] || !p || Math.hypot(p.x - seed.x, p.y - seed.y) > reach) continue;
          taken[j] = 1;
          group.x += p.x;
          group.y += p.y;
          group.items.push(p.item);
        }
    group.x /= group.items.length;
    group.y /= group.items.length;
    out.push(group);
  });
  return out;
}
