// Which streets were sensed, and how rough they are. A street that nobody sensed is drawn as such, never as a good one.
import { signal } from '@preact/signals';
import { number, percent } from '../../../shared/format/measure';
import type { Palette } from './palette';
import { toScreen, type View, worldX, worldY } from './view';

export interface CoverageSegment {
  segment: string;
  street: string;
  district: string | null;
  /** latE6, lonE6, latE6, lonE6… */
  line: number[];
  roadPasses: number;
  lampPasses: number;
  roughnessMPerKm: number | null;
  roughnessErrorMPerKm: number | null;
  /** Share of the city's streets that are smoother; without a profiler there is nothing else. */
  roughnessRank: number | null;
  potholes: number;
  lampsDark: number;
  lastRoad: string | null;
  lastLamp: string | null;
}

export interface Drawn extends CoverageSegment {
  /** World coordinates: x, y, x, y… */
  world: number[];
}

export type CoverageMode = 'off' | 'road' | 'lamp';
export const coverageMode = signal<CoverageMode>('off');
export const coverage = signal<readonly Drawn[]>([]);
/** The street under the pointer, or the one that was pressed. */
export const pointed = signal<Drawn | null>(null);
/** A street to be found on the map. */
export const lit = signal('');

export const toDrawn = (s: CoverageSegment): Drawn => ({
  ...s, world: s.line.map((_, i) => (i % 2 === 0 ? worldX((s.line[i + 1] ?? 0) / 1e6) : worldY((s.line[i - 1] ?? 0) / 1e6))),
});

/** Estimated roughness at which a street counts as smooth, and as rough, m/km. */
const SMOOTH = 2;
const ROUGH = 8;

interface Rough {
  roughnessMPerKm: number | null;
  roughnessErrorMPerKm: number | null;
  roughnessRank: number | null;
}

/** "roughness ≈ 3.1 ± 0.3 m/km" where a profiler gave the scale, else "rougher than 72 % of streets"; null where nobody measured. */
export const about = (w: { roughness(value: string): string; rougher(share: string): string }, locale: string, s: Rough): string | null =>
  s.roughnessMPerKm !== null ? w.roughness(`≈ ${number(locale, s.roughnessMPerKm, 1)} ± ${number(locale, s.roughnessErrorMPerKm ?? 0, 1)}`)
    : s.roughnessRank === null ? null : w.rougher(percent(locale, s.roughnessRank));

/** 0 smooth to 1 rough; null where nobody measured. */
export const roughness = (s: CoverageSegment): number | null => (s.roughnessMPerKm === null ? s.roughnessRank : Math.max(0, Math.min(1, (s.roughnessMPerKm - SMOOTH) / (ROUGH - SMOOTH))));

/** The street nearest to a place in world coordinates, within a reach. */
export function segmentAt(segments: readonly Drawn[], x: number, y: number, reach: number): Drawn | null {
  let [best, nearest]: [Drawn | null, number] = [null, reach * reach];
  for (const s of segments) {
    for (let i = 0; i + 3 < s.world.length; i += 2) {
      const [ax, ay, bx, by] = s.world.slice(i, i + 4) as [number, number, number, number];
      // Most are far away on one axis already.
      if ((ax < x - reach && bx < x - reach) || (ax > x + reach && bx > x + reach)) continue;
      const [dx, dy] = [bx - ax, by - ay];
      const share = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
      const square = (ax + dx * share - x) ** 2 + (ay + dy * share - y) ** 2;
      if (square < nearest) [best, nearest] = [s, square];
    }
  }
  return best;
}

export function drawCoverage(pen: CanvasRenderingContext2D, segments: readonly Drawn[], mode: CoverageMode, view: View, palette: Palette, chosen: string) {
  pen.lineCap = 'butt';
  for (const s of segments) {
    const [x0, y0] = toScreen(view, s.world[0] ?? 0, s.world[1] ?? 0);
    if (x0 < -400 || y0 < -400 || x0 > view.width + 400 || y0 > view.height + 400) continue;
    const sensed = mode === 'road' ? s.roadPasses > 0 : s.lampPasses > 0;
    const rough = mode === 'road' ? roughness(s) : null;
    if (mode !== 'off') {
      pen.strokeStyle = sensed ? (rough === null ? palette.unit.sensing : mix(palette, rough)) : palette.unit.offline;
      pen.setLineDash(sensed ? [] : [2, 5]);
      // Width says it too: rough is broad.
      pen.lineWidth = sensed ? 2 + (rough ?? 0) * 4 : 1.2;
      pen.globalAlpha = sensed ? 0.85 : 0.7;
      trace(pen, s, view);
    }
    if (s.segment !== chosen) continue;
    pen.setLineDash([]);
    pen.globalAlpha = 0.9;
    pen.lineWidth = 9;
    pen.strokeStyle = palette.accent;
    trace(pen, s, view);
  }
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

function trace(pen: CanvasRenderingContext2D, s: Drawn, view: View) {
  pen.beginPath();
  for (let i = 0; i + 1 < s.world.length; i += 2) {
    const [x, y] = toScreen(view, s.world[i] as number, s.world[i + 1] as number);
    if (i === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  }
  pen.stroke();
}

/** From teal to amber: told apart by every eye, and by lightness. */
function mix(palette: Palette, share: number): string {
  const [from, to] = palette.dark ? [[92, 201, 224], [255, 176, 84]] : [[10, 111, 134], [173, 78, 0]];
  return `rgb(${[0, 1, 2].map((i) => Math.round((from?.[i] ?? 0) + ((to?.[i] ?? 0) - (from?.[i] ?? 0)) * share)).join(' ')})`;
}
