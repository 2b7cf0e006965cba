import { spot } from '../app/pick';
import type { Palette } from './palette';
import { toScreen, type View, worldX, worldY } from './view';

/** The place that somebody is choosing: a ring with four hairs. */
export function drawSpot(pen: CanvasRenderingContext2D, view: View, palette: Palette) {
  const chosen = spot.peek();
  if (!chosen) return;
  const [x, y] = toScreen(view, worldX(chosen.lon), worldY(chosen.lat));
  pen.lineWidth = 2.5;
  pen.strokeStyle = palette.accent;
  pen.beginPath();
  pen.arc(x, y, 9, 0, Math.PI * 2);
  for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]] as const) {
    pen.moveTo(x + dx * 5, y + dy * 5);
    pen.lineTo(x + dx * 15, y + dy * 15);
  }
  pen.stroke();
}
