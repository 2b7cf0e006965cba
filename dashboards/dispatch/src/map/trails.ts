// Where units came from, on a canvas of its own: thousands of lines are drawn over several frames, a few at a time, and shown when all are
// there. Meanwhile, and while the map moves, the last ones stand where they belong.
import { toScreen, type View } from './view';

type Pen = CanvasRenderingContext2D;

/** Time for lines in one frame, ms. */
const SLICE_MS = 3;
/** Lines between two looks at the clock. */
const GROUP = 24;
/** Rest between two rounds for each line, ms: a few are drawn with every frame, thousands each second or two. */
const REST_MS = 0.6;
const FEW = 80;

interface Sheet {
  pen: Pen;
  /** Where the map stood when it was drawn. */
  view: View;
}

export type DrawLine = (pen: Pen) => void;

export class Trails {
  #shown: Pen;
  #done: Sheet | null = null;
  #work: Sheet | null = null;
  #lines: DrawLine[] | null = null;
  #next = 0;
  #dirty = true;
  #moved = true;
  #restUntil = 0;

  constructor(shown: Pen) {
    this.#shown = shown;
  }

  /** Units drove on. */
  change() {
    this.#dirty = true;
  }

  /** The map moved, or what is shown is another: begins anew. */
  restart() {
    this.#dirty = this.#moved = true;
    this.#lines = null;
    this.#restUntil = 0;
  }

  /** A frame's share of the work. @param collect what to draw, asked when a round begins. */
  frame(now: number, view: View, ratio: number, collect: () => DrawLine[]) {
    if (this.#moved) {
      this.#moved = false;
      this.#show(view);
    }
    if (!this.#lines) {
      if (!this.#dirty || now < this.#restUntil) return;
      this.#dirty = false;
      this.#lines = collect();
      this.#next = 0;
      this.#restUntil = now + (this.#lines.length > FEW ? this.#lines.length * REST_MS : 0);
      this.#work = sheet(this.#work, view, ratio);
    }
    const { pen } = this.#work as Sheet;
    const began = performance.now();
    while (this.#next < this.#lines.length) {
      const end = Math.min(this.#lines.length, this.#next + GROUP);
      for (; this.#next < end; this.#next++) this.#lines[this.#next]?.(pen);
      if (this.#next < this.#lines.length && performance.now() - began > SLICE_MS) return;
    }
    this.#lines = null;
    [this.#done, this.#work] = [this.#work, this.#done];
    this.#show(view);
  }

  #show(view: View) {
    this.#shown.clearRect(0, 0, view.width, view.height);
    if (!this.#done) return;
    const { pen, view: then } = this.#done;
    const scale = 2 ** (view.zoom - then.zoom);
    const [x, y] = toScreen(view, then.x, then.y);
    const [width, height] = [then.width * scale, then.height * scale];
    this.#shown.drawImage(pen.canvas, x - width / 2, y - height / 2, width, height);
  }
}

function sheet(old: Sheet | null, view: View, ratio: number): Sheet {
  const canvas = old?.pen.canvas ?? document.createElement('canvas');
  const pen = old?.pen ?? (canvas.getContext('2d') as Pen);
  const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, view.width, view.height);
  return { pen, view };
}
