import { effect, signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../../shared/widgets/Icon';
import { locale, shownTheme, words } from '../app/preferences';
import { picking } from '../app/pick';
import { flyTo, follow, select, selection } from '../app/selection';
import { mapInfo } from '../app/session';
import { feedState, picture, unitById } from '../feed/city';
import type { MapInfo } from '../feed/shapes';
import { ReplayBar } from '../past/ReplayBar';
import { replay } from '../past/replay';
import { FoundPlace } from '../top/FoundPlace';
import { openFlatMap } from './flat-map';
import { CoverageLegend } from './CoverageLegend';
import { coverage, coverageMode, pointed, segmentAt } from './coverage';
import { LayerPanel } from './LayerPanel';
import { startPoles } from './map-layers';
import { Overlay } from './overlay';
import type { Surface } from './surface';
import { latOf, lonOf, toScreen, toWorld, worldSize, worldX, worldY } from './view';
import { startWorks } from './works';

/** So far a followed unit may be from the middle, pixels. */
const FOLLOW_PX = 1.5;

type Ground = 'loading' | 'streets' | 'no-webgl' | 'no-tiles';
const ground = signal<Ground>('loading');
/** So near to a street means it. */
const POINT_PX = 12;
/** Streets have their names from here on. */
const NEAR_ZOOM = 15;

async function openSurface(host: HTMLElement, info: MapInfo): Promise<Surface> {
  if (info.tilesUrl === null) {
    ground.value = 'no-tiles';
    return openFlatMap(host, info.bounds);
  }
  try {
    const { openBaseMap } = await import('./base-map');
    const surface = openBaseMap(host, info, locale.peek(), () => {
      ground.value = 'no-tiles';
    });
    ground.value = 'streets';
    return surface;
  } catch {
    // MapLibre throws in its constructor where WebGL 2 is missing.
    host.replaceChildren();
    ground.value = 'no-webgl';
    return openFlatMap(host, info.bounds);
  }
}

/** Where the selected unit is shown now. */
function chosenPlace(): { lat: number; lon: number } | null {
  const chosen = selection.peek();
  const unit = chosen?.kind === 'unit' ? unitById.peek().get(chosen.id) : undefined;
  const motion = unit && picture.places.get(unit.n)?.motion;
  return motion ? { lat: motion.shownLat, lon: motion.shownLon } : null;
}

/** The street that the legend tells of. */
function pointAt(surface: Surface, x: number, y: number) {
  if (coverageMode.peek() === 'off') return;
  const view = surface.view();
  pointed.value = segmentAt(coverage.peek(), ...toWorld(view, x, y), POINT_PX / worldSize(view.zoom));
}

/** On a tablet the card lies over the map: what is sought is shown beside it. @returns the longitude of the whole map's middle. */
function besideCard(lon: number, zoom: number): number {
  const [map, card] = ['.map-pane', 'aside.card'].map((name) => document.querySelector(name)?.getBoundingClientRect());
  const covered = map && card && card.width > 0 && card.left > map.left ? Math.max(0, map.right - card.left) : 0;
  return lon + (covered / 2 / worldSize(zoom)) * 360;
}

function wire(surface: Surface, overlay: Overlay): () => void {
  surface.onHover = (x, y) => {
    const target = overlay.at(x, y);
    surface.pointer(target !== null);
    overlay.hover(target);
    pointAt(surface, x, y);
  };
  surface.onClick = (x, y) => {
    const take = picking.peek();
    if (take) {
      const [worldAtX, worldAtY] = toWorld(surface.view(), x, y);
      take({ lat: latOf(worldAtY), lon: lonOf(worldAtX) });
      return;
    }
    pointAt(surface, x, y);
    const target = overlay.at(x, y);
    if (target?.kind === 'group') surface.flyTo(target.lon, target.lat, surface.view().zoom + 2);
    else select(target);
  };
  overlay.onFrame = () => {
    const place = follow.peek() ? chosenPlace() : null;
    if (!place) return;
    const view = surface.view();
    const lon = besideCard(place.lon, view.zoom);
    const [x, y] = toScreen(view, worldX(lon), worldY(place.lat));
    // The whole base map is painted anew for it.
    if (Math.hypot(x - view.width / 2, y - view.height / 2) > FOLLOW_PX) surface.centre(lon, place.lat);
  };
  const stops = [
    effect(() => {
      const to = flyTo.value;
      if (!to) return;
      flyTo.value = null;
      // The card that opens with it is there at the next frame.
      requestAnimationFrame(() => {
        const zoom = to.zoom ?? Math.max(surface.view().zoom, NEAR_ZOOM);
        surface.flyTo(besideCard(to.lon, zoom), to.lat, zoom);
      });
    }),
    shownTheme.subscribe(() => {
      surface.restyle();
      overlay.recolor();
    }),
    startPoles(),
    startWorks(),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

export function MapPane() {
  const host = useRef<HTMLDivElement>(null);
  const still = useRef<HTMLCanvasElement>(null);
  const trails = useRef<HTMLCanvasElement>(null);
  const moving = useRef<HTMLCanvasElement>(null);
  const surface = useRef<Surface | null>(null);
  const info = mapInfo.value;
  useEffect(() => {
    if (!info || !host.current) return;
    let closed = false;
    let close = () => {};
    void openSurface(host.current, info).then((opened) => {
      if (closed || !still.current || !trails.current || !moving.current) return opened.close();
      surface.current = opened;
      const overlay = new Overlay(opened, still.current, trails.current, moving.current);
      const unwire = wire(opened, overlay);
      close = () => {
        unwire();
        overlay.close();
        opened.close();
      };
    });
    return () => {
      closed = true;
      close();
    };
  }, [info]);
  const w = words.value;
  const gone = feedState.value.kind === 'gone';
  return (
    <section class={`map-pane${gone ? ' is-gone' : ''}${replay.value ? ' in-past' : ''}${picking.value ? ' picks' : ''}`} aria-label={w.mapLabel}>
      <div class="map-host" ref={host} />
      <div aria-hidden="true">
        <canvas class="map-canvas" ref={still} />
        <canvas class="map-canvas" ref={trails} />
        <canvas class="map-canvas" ref={moving} />
      </div>
      <LayerPanel />
      <CoverageLegend />
      <ReplayBar />
      <FoundPlace />
      <div class="map-buttons">
        <button type="button" title={w.zoomIn} aria-label={w.zoomIn} onClick={() => surface.current?.zoomBy(1)}>
          <Icon name="plus" />
        </button>
        <button type="button" title={w.zoomOut} aria-label={w.zoomOut} onClick={() => surface.current?.zoomBy(-1)}>
          <Icon name="minus" />
        </button>
        <button type="button" title={w.wholeCity} aria-label={w.wholeCity} onClick={() => info && surface.current?.fit(info.bounds)}>
          <Icon name="fit" />
        </button>
      </div>
      <GroundNote />
    </section>
  );
}

function GroundNote() {
  const w = words.value;
  if (picking.value) return <p class="map-note pick" role="status">{w.placePick}</p>;
  const text = { loading: w.mapLoading, streets: '', 'no-webgl': w.noWebgl, 'no-tiles': w.tilesMissing }[ground.value];
  return text ? <p class="map-note" role="status">{text}</p> : null;
}
