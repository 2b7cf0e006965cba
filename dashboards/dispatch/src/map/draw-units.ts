// Units: each state has a colour and a shape of its own. A fading mark is an old fix.
import type { UnitState } from '../app/states';
import type { Motion } from '../feed/motion';
import type { Palette } from './palette';
import { toScreen, type View, worldX, worldY } from './view';

type Pen = CanvasRenderingContext2D;

const arrow = new Path2D('M0 -10.5 L7.6 8.6 L0 4.8 L-7.6 8.6 Z');
const nose = new Path2D('M0 -11.5 L4.2 -5 L-4.2 -5 Z');
const tile = new Path2D('M-6.5 -4 q0 -2.5 2.5 -2.5 h8 q2.5 0 2.5 2.5 v8 q0 2.5 -2.5 2.5 h-8 q-2.5 0 -2.5 -2.5 Z');
const disc = new Path2D('M7 0 A7 7 0 1 1 -7 0 A7 7 0 1 1 7 0');
const small = new Path2D('M5 0 A5 5 0 1 1 -5 0 A5 5 0 1 1 5 0');
const tick = new Path2D('M-3 0.2 L-0.8 2.6 L3.4 -2.4');
const bars = new Path2D('M-2 -3 V3 M2 -3 V3');
const slash = new Path2D('M-3.5 3.5 L3.5 -3.5');

/** Draws one mark with its centre at 0,0 of the pen. @param courseDeg -1: unknown */
export function drawMark(pen: Pen | OffscreenCanvasRenderingContext2D, state: UnitState, courseDeg: number, palette: Palette, scale = 1) {
  const color = palette.unit[state];
  pen.lineWidth = 1.6;
  pen.lineJoin = 'round';
  pen.scale(scale, scale);
  const turned = courseDeg >= 0;
  if (turned) pen.rotate((courseDeg * Math.PI) / 180);
  pen.fillStyle = color;
  pen.strokeStyle = palette.onMark;
  if (state === 'enroute' || state === 'available') {
    const shape = turned ? arrow : disc;
    pen.fillStyle = state === 'enroute' ? color : palette.onMark;
    pen.strokeStyle = state === 'enroute' ? palette.onMark : color;
    if (state === 'available') pen.lineWidth = 2.4;
    pen.fill(shape);
    pen.stroke(shape);
  } else if (state === 'sensing') {
    if (turned) pen.fill(nose);
    pen.fill(small);
    pen.stroke(small);
    pen.strokeStyle = color;
    pen.stroke(disc);
  } else {
    if (turned) pen.rotate((-courseDeg * Math.PI) / 180);
    if (state === 'onsite') {
      pen.fill(tile);
      pen.stroke(tile);
      pen.strokeStyle = palette.onMark;
      pen.lineWidth = 2;
      pen.stroke(tick);
    } else if (state === 'break') {
      pen.fill(disc);
      pen.stroke(disc);
      pen.lineWidth = 2;
      pen.stroke(bars);
    } else {
      pen.fillStyle = palette.onMark;
      pen.strokeStyle = color;
      pen.lineWidth = 2;
      pen.fill(small);
      pen.stroke(small);
      pen.stroke(slash);
    }
  }
}

/** A trail fades in so many steps: each is one stroke, and strokes are what a map of thousands pays for. */
const FADES = 3;
/** Nearer points are one on the screen, pixels. */
const STEP_PX = 2.5;

/** A short trail: solid for what is driven now, dotted for a recording. */
export function drawTrail(pen: Pen, m: Motion, view: View, color: string, replay: boolean, strong: boolean) {
  const count = m.trail.length / 2;
  if (count < 2) return;
  const points: number[] = [];
  let [px, py] = toScreen(view, worldX(m.shownLon), worldY(m.shownLat));
  points.push(px, py);
  for (let i = count - 2; i >= 0; i--) {
    const [x, y] = toScreen(view, worldX(m.trail[i * 2 + 1] ?? 0), worldY(m.trail[i * 2] ?? 0));
    if (Math.abs(x - px) + Math.abs(y - py) < STEP_PX) continue;
    points.push(x, y);
    px = x;
    py = y;
  }
  const legs = points.length / 2 - 1;
  if (legs < 1) return;
  pen.strokeStyle = color;
  pen.lineCap = 'round';
  pen.lineWidth = strong ? 3.2 : 2;
  pen.setLineDash(replay ? [0.1, strong ? 6 : 4.5] : []);
  const steps = Math.min(FADES, legs);
  for (let step = 0; step < steps; step++) {
    const [from, to] = [Math.floor((legs * step) / steps), Math.floor((legs * (step + 1)) / steps)];
    pen.globalAlpha = (strong ? 0.9 : 0.5) * (1 - (step + 0.4) / steps);
    pen.beginPath();
    pen.moveTo(points[from * 2] as number, points[from * 2 + 1] as number);
    for (let i = from + 1; i <= to; i++) pen.lineTo(points[i * 2] as number, points[i * 2 + 1] as number);
    pen.stroke();
  }
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

export interface LabelPlace {
  /** Of the mark. */
  x: number;
  y: number;
  /** Between the mark's middle and the plate. */
  gap: number;
  mapWidth: number;
}

/** A name beside a mark, on a small plate: right of it, or left where the map ends. */
export function drawLabel(pen: Pen, text: string, at: LabelPlace, palette: Palette, strong: boolean) {
  pen.font = `${strong ? 650 : 550} ${strong ? 13 : 11.5}px "Public Sans Variable", sans-serif`;
  const width = pen.measureText(text).width + 14;
  const height = strong ? 24 : 20;
  const x = at.x + at.gap + width < at.mapWidth - 4 ? at.x + at.gap : at.x - at.gap - width;
  const { y } = at;
  pen.globalAlpha = strong ? 1 : 0.9;
  pen.fillStyle = palette.panel;
  pen.strokeStyle = strong ? palette.accent : palette.line;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.roundRect(x, y - height / 2, width, height, 6);
  pen.fill();
  pen.stroke();
  pen.globalAlpha = 1;
  pen.fillStyle = palette.ink;
  pen.textBaseline = 'middle';
  pen.fillText(text, x + 7, y + 0.5);
}
