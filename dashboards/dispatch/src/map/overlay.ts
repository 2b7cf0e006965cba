// Canvases above the base map: what stands still (requests, street lights), where units came from, and the units. Each is drawn only when
// something on it changed by as much as an eye can see; the base map itself is never repainted for them.
import { hubNow, onChange, picture, requests, units } from '../feed/city';
import { fade, step } from '../feed/motion';
import type { Place } from '../feed/picture';
import type { RequestSummary, Unit } from '../feed/shapes';
import { spot } from '../app/pick';
import { selection } from '../app/selection';
import { replay, replayAt, replayMinute } from '../past/replay';
import { type UnitState, unitState } from '../app/states';
import { type Cluster, cluster } from './clusters';
import { coverage, coverageMode, drawCoverage, lit } from './coverage';
import { drawReplay, replayUnitAt } from './draw-replay';
import { drawCluster, drawLights, drawRequest, LIGHTS_ZOOM } from './draw-requests';
import { drawSpot } from './draw-spot';
import { drawLabel, drawMark, drawTrail } from './draw-units';
import { Drawn } from './drawn';
import { layers, poles } from './map-layers';
import { nearest, type Target } from './nearest';
import { type Palette, readPalette } from './palette';
import { Sprites } from './sprites';
import type { Surface } from './surface';
import { type DrawLine, Trails } from './trails';
import { toScreen, type View, worldX, worldY } from './view';
import { drawWorks, works } from './works';

/** Zoom from which nothing is grouped, and the reach of a group below it in pixels. */
const SINGLE_ZOOM = 16;
const GROUP_PX = 34;
const NAMES_ZOOM = 15.5;
const HIT_PX = 16;
/** Ages fade marks slowly: so often they are drawn even if nothing moves, ms. */
const FADE_EVERY_MS = 1000;
/** More marks than this stand on whole pixels. */
const MANY = 150;
/** Beyond the edge, pixels: marks and names reach so far. */
const BEYOND_PX = 60;

export class Overlay {
  #surface: Surface;
  #still: CanvasRenderingContext2D;
  #moving: CanvasRenderingContext2D;
  #trails: Trails;
  #trailsCanvas: HTMLCanvasElement;
  #sprites: Sprites | null = null;
  #drawn = new Drawn();
  #drawnMs = 0;
  #ratio = 1;
  #palette: Palette = readPalette();
  #groups: Cluster<RequestSummary>[] = [];
  #groupsKey = '';
  #stillDirty = true;
  #movingDirty = true;
  #size = '';
  #hovered: Target | null = null;
  #frame = 0;
  #lastFrame = 0;
  #stops: (() => void)[] = [];
  /** Called after each frame that moved something, for following a unit. */
  onFrame: () => void = () => {};

  constructor(surface: Surface, still: HTMLCanvasElement, trails: HTMLCanvasElement, moving: HTMLCanvasElement) {
    this.#surface = surface;
    this.#still = still.getContext('2d') as CanvasRenderingContext2D;
    this.#moving = moving.getContext('2d') as CanvasRenderingContext2D;
    this.#trailsCanvas = trails;
    this.#trails = new Trails(trails.getContext('2d') as CanvasRenderingContext2D);
    surface.onMove = () => this.redraw();
    this.#stops.push(
      onChange((changes) => {
        if (changes.units) this.#movingDirty = true;
        if (changes.positions) this.#trails.change();
      }),
      ...[requests, poles, works, coverage, coverageMode, lit, spot].map((signal) => signal.subscribe(() => {
        this.#stillDirty = true;
      })),
      ...[layers, selection, replay, replayMinute].map((signal) => signal.subscribe(() => this.redraw())),
      replayAt.subscribe(() => {
        this.#movingDirty = true;
      }),
    );
    this.#frame = requestAnimationFrame(this.#tick);
  }

  close() {
    cancelAnimationFrame(this.#frame);
    for (const stop of this.#stops) stop();
  }

  redraw() {
    this.#stillDirty = this.#movingDirty = true;
    this.#trails.restart();
  }

  recolor() {
    this.#palette = readPalette();
    this.#sprites?.close();
    this.#sprites = null;
    this.redraw();
  }

  hover(target: Target | null) {
    if (key(target) === key(this.#hovered)) return;
    this.#hovered = target;
    this.#stillDirty = this.#movingDirty = true;
  }

  #tick = (time: number) => {
    this.#frame = requestAnimationFrame(this.#tick);
    const frameMs = Math.min(200, time - this.#lastFrame);
    this.#lastFrame = time;
    const now = hubNow();
    const view = this.#surface.view();
    this.#fit(view);
    this.#drawn.look(view, BEYOND_PX);
    let visible = false;
    for (const [n, place] of picture.places) {
      step(place.motion, now, frameMs);
      visible = this.#drawn.differs(n, place) || visible;
    }
    if (visible || now - this.#drawnMs > FADE_EVERY_MS) this.#movingDirty = true;
    if (this.#stillDirty) this.#drawStill(view, now);
    if (this.#movingDirty) this.#drawMoving(view, now);
    this.#trails.frame(time, view, this.#ratio, () => this.#lines(view));
    this.#stillDirty = this.#movingDirty = false;
    if (visible) this.onFrame();
  };

  #fit(view: View) {
    const ratio = Math.min(2, devicePixelRatio || 1);
    const size = `${view.width}x${view.height}@${ratio}`;
    if (size === this.#size) return;
    this.#size = size;
    this.#ratio = ratio;
    this.#sprites?.close();
    this.#sprites = null;
    for (const canvas of [this.#still.canvas, this.#trailsCanvas, this.#moving.canvas]) {
      canvas.width = view.width * ratio;
      canvas.height = view.height * ratio;
      canvas.getContext('2d')?.setTransform(ratio, 0, 0, ratio, 0, 0);
    }
    this.redraw();
  }

  #shownRequests(): RequestSummary[] {
    const services = layers.peek().services;
    const chosen = selection.peek();
    if (replay.peek()) return requests.peek().filter((r) => services[r.service] !== false && openAt(r, replayMinute.peek() * 60_000));
    return requests.peek().filter(
      (r) => (r.status === 'open' && services[r.service] !== false) || (chosen?.kind === 'request' && chosen.id === r.number),
    );
  }

  #group(view: View) {
    const zoom = Math.floor(view.zoom * 2) / 2;
    const chosen = selection.peek();
    const single = chosen?.kind === 'request' ? chosen.id : '';
    const groupKey = `${zoom}|${single}|${this.#version()}`;
    if (groupKey === this.#groupsKey) return;
    this.#groupsKey = groupKey;
    const points = this.#shownRequests()
      .sort((a, b) => (a.number < b.number ? -1 : 1))
      .map((item) => ({ x: worldX(item.lon), y: worldY(item.lat), item }));
    const alone = points.filter((p) => p.item.number === single);
    const rest = points.filter((p) => p.item.number !== single);
    this.#groups = [...cluster(rest, zoom, view.zoom >= SINGLE_ZOOM ? 0 : GROUP_PX), ...cluster(alone, zoom, 0)];
  }

  #seen: { of: unknown[]; version: number } = { of: [], version: 0 };
  #version(): number {
    const of = [requests.peek(), layers.peek(), replay.peek(), replayMinute.peek()];
    if (of.some((part, i) => part !== this.#seen.of[i])) this.#seen = { of, version: this.#seen.version + 1 };
    return this.#seen.version;
  }

  #drawStill(view: View, now: number) {
    const pen = this.#still;
    pen.clearRect(0, 0, view.width, view.height);
    if (coverageMode.peek() !== 'off' || lit.peek()) drawCoverage(pen, coverage.peek(), coverageMode.peek(), view, this.#palette, lit.peek());
    if (layers.peek().works) drawWorks(pen, works.peek(), view, this.#palette);
    if (layers.peek().lights && view.zoom >= LIGHTS_ZOOM) drawLights(pen, poles.peek(), view, this.#palette);
    this.#group(view);
    const chosen = selection.peek();
    for (const group of this.#groups) {
      const [x, y] = toScreen(view, group.x, group.y);
      if (x < -40 || y < -40 || x > view.width + 40 || y > view.height + 40) continue;
      const only = group.items.length === 1 ? group.items[0] : undefined;
      if (!only) drawCluster(pen, group, x, y, this.#palette, now);
      else {
        const isChosen = chosen?.kind === 'request' && chosen.id === only.number;
        drawRequest(pen, only, x, y, this.#palette, now, isChosen);
        if (isChosen || (this.#hovered?.kind === 'request' && this.#hovered.id === only.number))
          drawLabel(pen, only.address ?? only.number, { x, y, gap: 20, mapWidth: view.width }, this.#palette, isChosen);
      }
    }
    drawSpot(pen, view, this.#palette);
  }

  /** Units that the map shows, with where their marks stand. */
  #shownUnits(view: View): { unit: Unit; place: Place; state: UnitState; x: number; y: number; isChosen: boolean }[] {
    const { states } = layers.peek();
    const chosen = selection.peek();
    const shown = [];
    for (const unit of units.peek()) {
      const place = picture.places.get(unit.n);
      const state = unitState(unit, place?.activity);
      const isChosen = chosen?.kind === 'unit' && chosen.id === unit.id;
      if (!place || (!states[state] && !isChosen)) continue;
      const [x, y] = toScreen(view, worldX(place.motion.shownLon), worldY(place.motion.shownLat));
      if (x < -BEYOND_PX || y < -BEYOND_PX || x > view.width + BEYOND_PX || y > view.height + BEYOND_PX) continue;
      shown.push({ unit, place, state, x, y, isChosen });
    }
    return shown;
  }

  #lines(view: View): DrawLine[] {
    if (replay.peek() || !layers.peek().trails) return [];
    return this.#shownUnits(view)
      .filter(({ state, isChosen }) => state !== 'offline' && !isChosen)
      .map(({ place, state }) => (pen) => drawTrail(pen, place.motion, view, this.#palette.unit[state], place.replay, false));
  }

  #drawMoving(view: View, now: number) {
    const pen = this.#moving;
    pen.clearRect(0, 0, view.width, view.height);
    this.#drawnMs = now;
    for (const [n, place] of picture.places) this.#drawn.keep(n, place);
    const past = replay.peek();
    if (past) {
      const chosen = selection.peek();
      drawReplay(pen, past, replayAt.peek(), view, this.#palette, chosen?.kind === 'unit' ? chosen.id : '');
      return;
    }
    this.#sprites ??= new Sprites(this.#ratio, this.#palette);
    const shown = this.#shownUnits(view);
    for (const { unit, place, state, x, y, isChosen } of shown) {
      const m = place.motion;
      if (isChosen) {
        if (state !== 'offline') drawTrail(pen, m, view, this.#palette.unit[state], place.replay, true);
        pen.save();
        pen.translate(x, y);
        pen.globalAlpha = fade(now - m.fixMs);
        this.#ring(pen);
        drawMark(pen, state, state === 'offline' ? -1 : m.shownCourse, this.#palette, 1.25);
        pen.restore();
      } else {
        pen.globalAlpha = fade(now - m.fixMs);
        this.#sprites.draw(pen, state, state === 'offline' ? -1 : m.shownCourse, x, y, shown.length > MANY);
        pen.globalAlpha = 1;
      }
      if (isChosen || view.zoom >= NAMES_ZOOM || (this.#hovered?.kind === 'unit' && this.#hovered.id === unit.id))
        drawLabel(pen, unit.name, { x, y, gap: isChosen ? 26 : 15, mapWidth: view.width }, this.#palette, isChosen);
    }
  }

  #ring(pen: CanvasRenderingContext2D) {
    pen.beginPath();
    pen.arc(0, 0, 20, 0, Math.PI * 2);
    pen.fillStyle = this.#palette.panel;
    pen.globalAlpha = 0.75;
    pen.fill();
    pen.globalAlpha = 1;
    pen.lineWidth = 2.4;
    pen.strokeStyle = this.#palette.accent;
    pen.stroke();
  }

  /** What lies under a point of the screen, units before requests. */
  at(px: number, py: number): Target | null {
    const view = this.#surface.view();
    const near = nearest(px, py);
    const { states } = layers.peek();
    const past = replay.peek();
    const driven = past && replayUnitAt(past, replayAt.peek(), view, px, py, HIT_PX);
    if (driven) return { kind: 'unit', id: driven.unit };
    for (const unit of past ? [] : units.peek()) {
      const place = picture.places.get(unit.n);
      if (!place || !states[unitState(unit, place.activity)]) continue;
      const [x, y] = toScreen(view, worldX(place.motion.shownLon), worldY(place.motion.shownLat));
      near.consider(x, y, HIT_PX, () => ({ kind: 'unit', id: unit.id }));
    }
    if (near.found) return near.found;
    for (const group of this.#groups) {
      const [x, y] = toScreen(view, group.x, group.y);
      const [only] = group.items;
      near.consider(x, y, HIT_PX + Math.min(10, group.items.length), () =>
        group.items.length === 1 && only
          ? { kind: 'request', id: only.number }
          : { kind: 'group', lon: group.x * 360 - 180, lat: average(group.items), x: group.x, y: group.y },
      );
    }
    return near.found;
  }
}

const key = (t: Target | null) => (t ? (t.kind === 'group' ? `group ${t.x} ${t.y}` : `${t.kind} ${t.id}`) : '');

/** What ended counts until then. */
const openAt = (r: RequestSummary, ms: number) => Date.parse(r.openedAt) <= ms && (r.status === 'open' || Date.parse(r.closedAt ?? r.updatedAt) > ms);

const average = (items: readonly RequestSummary[]) => items.reduce((sum, r) => sum + r.lat, 0) / items.length;
