// How units stood when they were drawn last: a canvas is painted again when one of them has moved or turned visibly.
import { turn } from '../feed/motion';
import type { Place } from '../feed/picture';
import { latOf, lonOf, type View, worldSize } from './view';

/** Less is not seen, pixels. */
const VISIBLE_PX = 0.5;
/** Less is not seen, degrees. */
const VISIBLE_DEG = 4;

interface Stand {
  lat: number;
  lon: number;
  course: number;
  activity: string;
}

export class Drawn {
  #stands = new Map<number, Stand>();
  #view: View | null = null;
  #pxPerLon = 0;
  #pxPerLat = 0;
  #west = 0;
  #east = 0;
  #south = 0;
  #north = 0;

  /** @param beyond pixels around the view in which a unit still counts. */
  look(view: View, beyond: number) {
    if (view === this.#view) return;
    this.#view = view;
    const size = worldSize(view.zoom);
    this.#pxPerLon = size / 360;
    this.#pxPerLat = this.#pxPerLon / Math.cos((latOf(view.y) * Math.PI) / 180);
    const [across, down] = [(view.width / 2 + beyond) / size, (view.height / 2 + beyond) / size];
    [this.#west, this.#east] = [lonOf(view.x - across), lonOf(view.x + across)];
    [this.#north, this.#south] = [latOf(view.y - down), latOf(view.y + down)];
  }

  /** Whether what is painted of it is no longer so. */
  differs(n: number, { motion: m, activity }: Place): boolean {
    if (!this.#isIn(m.shownLat, m.shownLon)) return false;
    const stand = this.#stands.get(n);
    if (!stand || stand.activity !== activity) return true;
    if (Math.abs(m.shownLat - stand.lat) * this.#pxPerLat + Math.abs(m.shownLon - stand.lon) * this.#pxPerLon > VISIBLE_PX) return true;
    return m.shownCourse !== stand.course && Math.abs(turn(stand.course, m.shownCourse)) > VISIBLE_DEG;
  }

  keep(n: number, { motion: m, activity }: Place) {
    const stand = this.#stands.get(n);
    if (!stand) this.#stands.set(n, { lat: m.shownLat, lon: m.shownLon, course: m.shownCourse, activity });
    else {
      stand.lat = m.shownLat;
      stand.lon = m.shownLon;
      stand.course = m.shownCourse;
      stand.activity = activity;
    }
  }

  #isIn(lat: number, lon: number): boolean {
    return lat > this.#south && lat < this.#north && lon > this.#west && lon < this.#east;
  }
}
