// The map where the browser has no WebGL 2: no streets, but place, pan and zoom as on the other one.
import type { Surface } from './surface';
import { fitView, toWorld, type View, worldSize, worldX, worldY } from './view';

const ZOOMS: [number, number] = [10, 19];
/** A press that moved less than this is a click, pixels. */
const CLICK_PX = 4;

export function openFlatMap(host: HTMLElement, bounds: [number, number, number, number]): Surface {
  const stop = new AbortController();
  const size = () => [host.clientWidth || 1, host.clientHeight || 1] as const;
  let view: View = fitView(bounds, ...size());
  const idle = () => {};
  const surface: Surface = {
    view: () => view,
    onMove: idle, onClick: idle, onHover: idle,
    flyTo(lon, lat, zoom) {
      change({ x: worldX(lon), y: worldY(lat), zoom: zoom ?? Math.max(view.zoom, 15) });
    },
    centre: (lon, lat) => change({ x: worldX(lon), y: worldY(lat) }),
    zoomBy: (levels) => zoomAt(view.width / 2, view.height / 2, levels),
    fit: (box) => change(fitView(box, ...size())),
    pointer(over) {
      host.style.cursor = over ? 'pointer' : 'grab';
    },
    restyle: idle,
    close: () => {
      stop.abort();
      watch.disconnect();
    },
  };
  function change(part: Partial<View>) {
    const [width, height] = size();
    view = { ...view, ...part, width, height };
    view.zoom = Math.max(ZOOMS[0], Math.min(ZOOMS[1], view.zoom));
    surface.onMove();
  }
  function zoomAt(px: number, py: number, levels: number) {
    const [wx, wy] = toWorld(view, px, py);
    const zoom = Math.max(ZOOMS[0], Math.min(ZOOMS[1], view.zoom + levels));
    const scale = worldSize(zoom);
    change({ zoom, x: wx - (px - view.width / 2) / scale, y: wy - (py - view.height / 2) / scale });
  }
  const at = (e: MouseEvent): [number, number] => {
    const box = host.getBoundingClientRect();
    return [e.clientX - box.left, e.clientY - box.top];
  };
  let drag: { x: number; y: number; moved: number } | null = null;
  const on = <K extends keyof HTMLElementEventMap>(type: K, act: (e: HTMLElementEventMap[K]) => void) =>
    host.addEventListener(type, act, { signal: stop.signal, passive: false });
  on('wheel', (e) => {
    e.preventDefault();
    zoomAt(...at(e), -e.deltaY / 400);
  });
  on('pointerdown', (e) => {
    const [x, y] = at(e);
    drag = { x, y, moved: 0 };
    host.setPointerCapture(e.pointerId);
  });
  on('pointermove', (e) => {
    const [x, y] = at(e);
    if (!drag) return surface.onHover(x, y);
    drag.moved += Math.hypot(x - drag.x, y - drag.y);
    const scale = worldSize(view.zoom);
    change({ x: view.x - (x - drag.x) / scale, y: view.y - (y - drag.y) / scale });
    drag.x = x;
    drag.y = y;
  });
  on('pointerup', (e) => {
    if (drag && drag.moved < CLICK_PX) surface.onClick(...at(e));
    drag = null;
  });
  const watch = new ResizeObserver(() => change({}));
  watch.observe(host);
  return surface;
}
