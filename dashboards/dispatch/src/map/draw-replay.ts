// Units of a day of the past: dotted behind, with a name each, and nowhere while nobody knows where they were.
import { placeAt, type Replay, type Track, trailAt } from '../past/replay';
import { drawLabel, drawMark } from './draw-units';
import type { Palette } from './palette';
import { toScreen, type View, worldX, worldY } from './view';

type Pen = CanvasRenderingContext2D;
const TRAIL_MS = 15 * 60_000;
/** Slower is standing, m/s. */
const STANDS = 0.8;

export function drawReplay(pen: Pen, shown: Replay, ms: number, view: View, palette: Palette, chosen: string) {
  for (const track of shown.tracks) {
    const seen = placeAt(track, ms);
    if (!seen) continue;
    const strong = track.unit === chosen || shown.tracks.length === 1;
    const color = palette.unit.enroute;
    line(pen, trailAt(track, ms, TRAIL_MS), view, color, strong);
    const [x, y] = toScreen(view, worldX(seen.lon), worldY(seen.lat));
    pen.save();
    pen.translate(x, y);
    drawMark(pen, seen.speed > STANDS ? 'enroute' : 'onsite', seen.speed > STANDS ? seen.course : -1, palette, strong ? 1.25 : 1.08);
    pen.restore();
    if (strong || shown.tracks.length <= 12) drawLabel(pen, track.name, { x, y, gap: 17, mapWidth: view.width }, palette, strong);
  }
}

function line(pen: Pen, trail: readonly number[], view: View, color: string, strong: boolean) {
  if (trail.length < 4) return;
  pen.strokeStyle = color;
  pen.lineWidth = strong ? 3.2 : 2.2;
  pen.lineCap = 'round';
  pen.globalAlpha = strong ? 0.85 : 0.55;
  pen.setLineDash([0.1, strong ? 6 : 5]);
  pen.beginPath();
  for (let i = 0; i + 1 < trail.length; i += 2) {
    const [x, y] = toScreen(view, worldX(trail[i + 1] as number), worldY(trail[i] as number));
    if (i === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  }
  pen.stroke();
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

/** The unit under a point of the screen. */
export function replayUnitAt(shown: Replay, ms: number, view: View, px: number, py: number, reach: number): Track | null {
  let best: Track | null = null;
  let nearest = reach;
  for (const track of shown.tracks) {
    const seen = placeAt(track, ms);
    if (!seen) continue;
    const [x, y] = toScreen(view, worldX(seen.lon), worldY(seen.lat));
    const gap = Math.hypot(x - px, y - py);
    if (gap >= nearest) continue;
    nearest = gap;
    best = track;
  }
  return best;
}
