// Service requests and street lights: what stands still. Drawn when the view or the data changes, not at each frame.
import type { RequestSummary } from '../feed/shapes';
import { isOverdue } from '../queue/queue-filter';
import { iconBody } from '../../../shared/widgets/Icon';
import { serviceIcon } from '../app/states';
import type { Cluster } from './clusters';
import { LAMP, type Pole } from './map-layers';
import type { Palette } from './palette';
import { toScreen, type View } from './view';

type Pen = CanvasRenderingContext2D;

/** Zoom from which single street lights are drawn. */
export const LIGHTS_ZOOM = 15;

const iconPaths = new Map<string, Path2D>();

/** A Lucide drawing as one path. Their icons are made of <path d> and <circle> only where we use them. */
function iconPath(name: 'lamp' | 'cone'): Path2D {
  let path = iconPaths.get(name);
  if (!path) {
    path = new Path2D();
    for (const [, d] of iconBody(name).matchAll(/\bd="([^"]+)"/g)) path.addPath(new Path2D(d));
    iconPaths.set(name, path);
  }
  return path;
}

export function drawRequest(pen: Pen, r: RequestSummary, x: number, y: number, palette: Palette, nowMs: number, chosen: boolean) {
  const color = palette.priority[Math.max(0, Math.min(3, r.priority - 1))] ?? palette.ink2;
  const size = chosen ? 15 : 11;
  const closed = r.status !== 'open';
  pen.save();
  pen.translate(x, y);
  if (chosen) {
    pen.fillStyle = palette.accent;
    pen.globalAlpha = 0.22;
    pen.beginPath();
    pen.arc(0, 0, 26, 0, Math.PI * 2);
    pen.fill();
    pen.globalAlpha = 1;
  }
  pen.beginPath();
  if (r.service === 'pothole') pen.roundRect(-size, -size, size * 2, size * 2, 5);
  else pen.arc(0, 0, size + 1, 0, Math.PI * 2);
  const solid = r.priority <= 2 && !closed;
  pen.fillStyle = solid ? color : palette.panel;
  pen.fill();
  pen.lineWidth = 2;
  pen.strokeStyle = solid ? palette.panel : closed ? palette.ink2 : color;
  pen.stroke();
  const scale = (size * 1.24) / 24;
  pen.scale(scale, scale);
  pen.translate(-12, -12);
  pen.strokeStyle = solid ? palette.onMark : closed ? palette.ink2 : color;
  pen.lineWidth = 2.3;
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  pen.stroke(iconPath(serviceIcon(r.service) === 'lamp' ? 'lamp' : 'cone'));
  pen.restore();
  if (isOverdue(r, nowMs)) drawAlarm(pen, x + size - 1, y - size + 1, palette);
}

function drawAlarm(pen: Pen, x: number, y: number, palette: Palette) {
  pen.beginPath();
  pen.arc(x, y, 6, 0, Math.PI * 2);
  pen.fillStyle = palette.late;
  pen.fill();
  pen.lineWidth = 1.5;
  pen.strokeStyle = palette.panel;
  pen.stroke();
  pen.fillStyle = palette.onMark;
  pen.fillRect(x - 0.9, y - 3.4, 1.8, 4.2);
  pen.fillRect(x - 0.9, y + 1.7, 1.8, 1.8);
}

/** A group: how many, and as a ring how many of them are late or urgent. */
export function drawCluster(pen: Pen, group: Cluster<RequestSummary>, x: number, y: number, palette: Palette, nowMs: number) {
  const count = group.items.length;
  const radius = 12 + Math.min(12, Math.sqrt(count) * 1.7);
  const late = group.items.filter((r) => isOverdue(r, nowMs)).length;
  const urgent = group.items.filter((r) => r.priority <= 2 && !isOverdue(r, nowMs)).length;
  pen.beginPath();
  pen.arc(x, y, radius + 2.5, 0, Math.PI * 2);
  pen.fillStyle = palette.panel;
  pen.globalAlpha = 0.96;
  pen.fill();
  pen.globalAlpha = 1;
  let from = -Math.PI / 2;
  for (const [part, color] of [[late, palette.late], [urgent, palette.soon], [count - late - urgent, palette.accent]] as const) {
    if (part === 0) continue;
    const to = from + (part / count) * Math.PI * 2;
    pen.beginPath();
    pen.arc(x, y, radius, from, to);
    pen.strokeStyle = color;
    pen.lineWidth = 3.6;
    pen.lineCap = 'butt';
    pen.stroke();
    from = to;
  }
  pen.fillStyle = palette.ink;
  pen.font = `700 ${count > 99 ? 11.5 : 12.5}px "Public Sans Variable", sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(String(count), x, y + 0.5);
  pen.textAlign = 'start';
}

export function drawLights(pen: Pen, poles: readonly Pole[], view: View, palette: Palette) {
  const radius = Math.min(5, 1.7 + (view.zoom - LIGHTS_ZOOM) * 0.9);
  for (const pole of poles) {
    const [x, y] = toScreen(view, pole.x, pole.y);
    if (x < -8 || y < -8 || x > view.width + 8 || y > view.height + 8) continue;
    pen.beginPath();
    const isDoubtful = pole.state === LAMP.suspected || pole.state > LAMP.out;
    if (isDoubtful || pole.state === LAMP.out) {
      const r = radius + 2;
      pen.moveTo(x, y - r);
      pen.lineTo(x + r, y);
      pen.lineTo(x, y + r);
      pen.lineTo(x - r, y);
      pen.closePath();
    } else pen.arc(x, y, radius, 0, Math.PI * 2);
    const color = palette.lamp[pole.state] ?? palette.lamp[LAMP.suspected];
    pen.globalAlpha = pole.state === LAMP.unseen ? 0.7 : 1;
    if (isDoubtful) {
      // Hollow: nobody is sent for this alone.
      pen.fillStyle = palette.panel;
      pen.strokeStyle = color;
      pen.lineWidth = 1.4;
      pen.fill();
      pen.stroke();
      continue;
    }
    pen.fillStyle = color;
    pen.fill();
  }
  pen.globalAlpha = 1;
}
