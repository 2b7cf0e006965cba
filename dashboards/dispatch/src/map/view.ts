// Web Mercator without rotation: the same for MapLibre's map, the flat fallback and both canvases.

export interface View {
  /** Centre in world units, 0 to 1 from the north-west corner. */
  x: number;
  y: number;
  zoom: number;
  width: number;
  height: number;
}

const TILE = 512;

export const worldX = (lon: number) => (lon + 180) / 360;
export function worldY(lat: number): number {
  const sin = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
}
export const lonOf = (x: number) => x * 360 - 180;
export const latOf = (y: number) => (360 / Math.PI) * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - 90;

/** Screen pixels of the whole world. */
export const worldSize = (zoom: number) => TILE * 2 ** zoom;

export function toScreen(view: View, x: number, y: number): [number, number] {
  const size = worldSize(view.zoom);
  return [(x - view.x) * size + view.width / 2, (y - view.y) * size + view.height / 2];
}

export function toWorld(view: View, screenX: number, screenY: number): [number, number] {
  const size = worldSize(view.zoom);
  return [view.x + (screenX - view.width / 2) / size, view.y + (screenY - view.height / 2) / size];
}

/** Ground metres of one screen pixel at the view's centre. */
export function metresPerPixel(view: View): number {
  return (40_075_017 * Math.cos((latOf(view.y) * Math.PI) / 180)) / worldSize(view.zoom);
}

/** The view that shows a box of degrees [w, s, e, n]. */
export function fitView(bounds: readonly [number, number, number, number], width: number, height: number, pad = 24): View {
  const [w, s, e, n] = bounds;
  const [x0, x1, y0, y1] = [worldX(w), worldX(e), worldY(n), worldY(s)];
  const across = Math.max(1, width - 2 * pad) / (x1 - x0);
  const down = Math.max(1, height - 2 * pad) / (y1 - y0);
  return { x: (x0 + x1) / 2, y: (y0 + y1) / 2, zoom: Math.log2(Math.min(across, down) / TILE), width, height };
}
