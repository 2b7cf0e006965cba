// A place that somebody chooses on the map.
import { signal } from '@preact/signals';

export interface Spot {
  lat: number;
  lon: number;
}

/** Set while a click on the map means a place. */
export const picking = signal<((spot: Spot) => void) | null>(null);
/** The place that was chosen, drawn until its form is done. */
export const spot = signal<Spot | null>(null);

export function pick(done: (spot: Spot) => void) {
  picking.value = (chosen) => {
    picking.value = null;
    spot.value = chosen;
    done(chosen);
  };
}

export function endPick() {
  picking.value = null;
  spot.value = null;
}
