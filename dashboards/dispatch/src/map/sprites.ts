// Marks of units, drawn once for each state and direction and copied from then on: filling paths is what a map of thousands pays for.
import type { UnitState } from '../app/states';
import { drawMark } from './draw-units';
import type { Palette } from './palette';

/** Directions are drawn in steps of so many degrees. */
const STEP_DEG = 6;
/** Side of a mark with its outline, pixels. */
const SIDE = 28;
const SCALE = 1.08;

export class Sprites {
  #ratio: number;
  #palette: Palette;
  #made = new Map<string, ImageBitmap>();

  constructor(ratio: number, palette: Palette) {
    this.#ratio = ratio;
    this.#palette = palette;
  }

  /** @param sharp on whole pixels: cheaper, and a mark that hardly moves needs no more. */
  draw(pen: CanvasRenderingContext2D, state: UnitState, courseDeg: number, x: number, y: number, sharp: boolean) {
    const mark = this.#mark(state, courseDeg);
    const half = SIDE / 2;
    if (sharp) pen.drawImage(mark, Math.round((x - half) * this.#ratio) / this.#ratio, Math.round((y - half) * this.#ratio) / this.#ratio, SIDE, SIDE);
    else pen.drawImage(mark, x - half, y - half, SIDE, SIDE);
  }

  close() {
    for (const mark of this.#made.values()) mark.close();
    this.#made.clear();
  }

  #mark(state: UnitState, courseDeg: number): ImageBitmap {
    const step = courseDeg < 0 ? -1 : Math.round(courseDeg / STEP_DEG) % (360 / STEP_DEG);
    const name = `${state} ${step}`;
    let mark = this.#made.get(name);
    if (!mark) {
      const size = Math.ceil(SIDE * this.#ratio);
      const canvas = new OffscreenCanvas(size, size);
      const pen = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
      pen.translate(size / 2, size / 2);
      pen.scale(this.#ratio, this.#ratio);
      drawMark(pen, state, step < 0 ? -1 : step * STEP_DEG, this.#palette, SCALE);
      mark = canvas.transferToImageBitmap();
      this.#made.set(name, mark);
    }
    return mark;
  }
}
