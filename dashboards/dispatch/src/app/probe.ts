// What tests and city IT may read of the page's state. Read-only copies; nothing on the page uses it.
import { feedState, picture, units } from '../feed/city';

export interface FieldProbe {
  /** Shown place by unit id: [lat, lon]. */
  positions(): Record<string, [number, number]>;
  /** Numbers of all requests that the page holds. */
  requests(): string[];
  /** Status by request number. */
  statuses(): Record<string, string>;
  feed(): string;
}

declare global {
  interface Window {
    fieldProbe: FieldProbe;
  }
}

export function exposeProbe() {
  window.fieldProbe = Object.freeze({
    positions: () =>
      Object.fromEntries(
        units.peek().flatMap((u) => {
          const m = picture.places.get(u.n)?.motion;
          return m ? [[u.id, [m.lat, m.lon] as [number, number]]] : [];
        }),
      ),
    requests: () => [...picture.requests.keys()],
    statuses: () => Object.fromEntries([...picture.requests.values()].map((r) => [r.number, r.status])),
    feed: () => feedState.peek().kind,
  });
}
