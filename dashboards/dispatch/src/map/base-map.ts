// MapLibre as a surface. Loaded on demand: the lists are there before it.
import 'maplibre-gl/dist/maplibre-gl.css';
import { addProtocol, AttributionControl, Map as GlMap, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { usesMiles } from '../../../shared/format/measure';
import type { MapInfo } from '../feed/shapes';
import { baseStyle, outsideHatch } from './base-style';
import { bytesOf, CityTiles } from './city-tiles';
import type { Surface } from './surface';
import { type View, worldX, worldY } from './view';

setWorkerUrl(workerUrl);
/** Archives by their address. */
const archives = new Map<string, CityTiles>();
addProtocol('pmtiles', async ({ url, type }, stop) => {
  const [, archive = '', z, x, y] = /^pmtiles:\/\/(.+?)(?:\/(\d+)\/(\d+)\/(\d+))?$/.exec(url) ?? [];
  const tiles = archives.get(archive) ?? new CityTiles(bytesOf(archive));
  archives.set(archive, tiles);
  if (type === 'json') return { data: { tiles: [`pmtiles://${archive}/{z}/{x}/{y}`], ...(await tiles.about()) } };
  return { data: (await tiles.tile(Number(z), Number(x), Number(y), stop.signal)) ?? new ArrayBuffer(0) };
});

/** Around the city, degrees: panning further shows nothing. */
const MARGIN = 0.06;
/** Kept free around the whole city, pixels: the layers lie at the top. */
const PADDING = { top: 84, right: 28, bottom: 28, left: 28 };

/** @throws Error where WebGL 2 is missing. */
export function openBaseMap(host: HTMLElement, info: MapInfo, locale: string, onProblem: () => void): Surface {
  const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const absolute = (path: string) => decodeURI(new URL(path, location.href).href);
  const style = () => baseStyle(`pmtiles://${absolute(info.tilesUrl ?? '')}`, absolute(info.glyphsUrl), token);
  const [w, s, e, n] = info.bounds;
  const map = new GlMap({
    container: host,
    style: style(),
    bounds: info.bounds,
    fitBoundsOptions: { padding: PADDING },
    maxBounds: [w - MARGIN, s - MARGIN, e + MARGIN, n + MARGIN],
    minZoom: 10.5,
    maxZoom: 19,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    attributionControl: false,
    fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new AttributionControl({ compact: false, customAttribution: info.attribution }), 'bottom-right');
  map.addControl(new ScaleControl({ unit: usesMiles(locale) ? 'imperial' : 'metric' }), 'bottom-left');
  const hatch = () => {
    const { id, image } = outsideHatch(token);
    if (map.hasImage(id)) map.removeImage(id);
    map.addImage(id, image);
  };
  map.on('style.load', hatch);
  let told = false;
  map.on('error', (event) => {
    console.warn(event.error?.message ?? 'map error');
    if (!told) onProblem();
    told = true;
  });
  // Asked at each frame, and measuring an element there makes the browser lay out the page.
  let seen: View | null = null;
  const surface: Surface = {
    view: (): View => {
      if (!seen) {
        const centre = map.getCenter();
        seen = { x: worldX(centre.lng), y: worldY(centre.lat), zoom: map.getZoom(), width: host.clientWidth, height: host.clientHeight };
      }
      return seen;
    },
    onMove: () => {}, onClick: () => {}, onHover: () => {},
    flyTo: (lon, lat, zoom) => {
      map.easeTo({ center: [lon, lat], zoom: zoom ?? Math.max(map.getZoom(), 15), duration: 500 });
    },
    centre: (lon, lat) => {
      map.jumpTo({ center: [lon, lat] });
    },
    zoomBy: (levels) => {
      map.easeTo({ zoom: map.getZoom() + levels, duration: 200 });
    },
    fit: (box) => {
      map.fitBounds(box, { padding: PADDING, duration: 400 });
    },
    pointer: (over) => {
      map.getCanvas().style.cursor = over ? 'pointer' : '';
    },
    restyle: () => {
      map.setStyle(style(), { diff: false });
    },
    close: () => map.remove(),
  };
  for (const change of ['move', 'resize'] as const)
    map.on(change, () => {
      seen = null;
      surface.onMove();
    });
  map.on('click', (event) => surface.onClick(event.point.x, event.point.y));
  map.on('mousemove', (event) => surface.onHover(event.point.x, event.point.y));
  return surface;
}
