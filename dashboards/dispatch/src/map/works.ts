// Works on the roads that the city announced, as far as they last: dispatchers see why sensors say nothing there.
import { signal } from '@preact/signals';
import { ask } from '../app/api';
import { may } from '../app/session';
import type { Palette } from './palette';
import { toScreen, type View, worldX, worldY } from './view';

type Position = [number, number];

/** As GeoJSON has it. */
export type Geometry =
  | { type: 'LineString'; coordinates: Position[] }
  | { type: 'MultiLineString' | 'Polygon'; coordinates: Position[][] }
  | { type: 'MultiPolygon'; coordinates: Position[][][] };

/** A line or an area in world units; an area's rings belong together. */
export interface Stroke {
  area: boolean;
  rings: Position[][];
}

/** Of each works its strokes. */
export const works = signal<Stroke[][]>([]);
const AGAIN_MS = 300_000;

/** Works change daily: read at the start, then every five minutes. */
export function startWorks(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = !may('orders.read');
  const read = async () => {
    try {
      const answer = await ask<{ features: { geometry: Geometry }[] }>('/api/work-zones?lasting=true');
      works.value = answer.features.map((f) => drawnOf(f.geometry));
    } catch {
      // Without them the map still works; the next round tries again.
    }
    if (!stopped) timer = setTimeout(read, AGAIN_MS);
  };
  if (!stopped) void read();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

export function drawnOf(geometry: Geometry): Stroke[] {
  const ring = (line: Position[]) => line.map(([lon, lat]): Position => [worldX(lon), worldY(lat)]);
  switch (geometry.type) {
    case 'LineString': return [{ area: false, rings: [ring(geometry.coordinates)] }];
    case 'MultiLineString': return geometry.coordinates.map((line) => ({ area: false, rings: [ring(line)] }));
    case 'Polygon': return [{ area: true, rings: geometry.coordinates.map(ring) }];
    case 'MultiPolygon': return geometry.coordinates.map((rings) => ({ area: true, rings: rings.map(ring) }));
  }
}

/** Like the boards around works: stripes of two colours. */
export function drawWorks(pen: CanvasRenderingContext2D, all: readonly Stroke[][], view: View, palette: Palette) {
  const width = Math.max(4, Math.min(9, view.zoom - 8));
  pen.lineCap = 'butt';
  for (const { area, rings } of all.flat()) {
    pen.beginPath();
    for (const ring of rings) {
      ring.forEach(([wx, wy], i) => {
        const [x, y] = toScreen(view, wx, wy);
        if (i === 0) pen.moveTo(x, y);
        else pen.lineTo(x, y);
      });
      if (area) pen.closePath();
    }
    if (area) {
      pen.globalAlpha = 0.14;
      pen.fillStyle = palette.soon;
      pen.fill('evenodd');
    }
    pen.globalAlpha = 0.85;
    pen.lineWidth = area ? width / 2 : width;
    pen.strokeStyle = palette.panel;
    pen.stroke();
    pen.setLineDash([8, 5]);
    pen.strokeStyle = palette.soon;
    pen.stroke();
    pen.setLineDash([]);
    pen.globalAlpha = 1;
  }
}
