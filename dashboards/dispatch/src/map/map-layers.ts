// What the reader wants to see on the map, and the street lights.
import { computed, signal } from '@preact/signals';
import { ask } from '../app/api';
import { UNIT_STATES, type UnitState, unitState } from '../app/states';
import { beat, picture, units } from '../feed/city';
import { worldX, worldY } from './view';

export interface Layers {
  states: Record<UnitState, boolean>;
  services: Record<string, boolean>;
  lights: boolean;
  works: boolean;
  trails: boolean;
}

const everyState = Object.fromEntries([...UNIT_STATES, 'unknown'].map((s) => [s, true])) as Record<UnitState, boolean>;

export const layers = signal<Layers>({
  states: everyState, services: { 'street-light-out': true, pothole: true }, lights: true, works: true, trails: true,
});

/** Units by what they do now; counted twice a second, not at each tick. */
export const stateCounts = computed(() => {
  void beat.value;
  const counts = Object.fromEntries(UNIT_STATES.map((s) => [s, 0])) as Record<UnitState, number>;
  let replay = 0;
  for (const unit of units.value) {
    const place = picture.places.get(unit.n);
    counts[unitState(unit, place?.activity)] = (counts[unitState(unit, place?.activity)] ?? 0) + 1;
    if (place?.replay) replay++;
  }
  return { counts, replay };
});

/** State of a street light by the hub's number. One dark pass makes it suspected; those after out open no request. */
export const LAMP = { unseen: 0, lit: 1, suspected: 2, out: 3, partial: 4, dim: 5, cycling: 6, neverBurned: 7 } as const;

export interface Pole {
  id: string;
  x: number;
  y: number;
  state: number;
}

export const poles = signal<Pole[]>([]);
const POLES_AGAIN_MS = 60_000;

/** Lights change slowly: read at the start, then every minute. */
export function startPoles(): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const read = async () => {
    try {
      const answer = await ask<{ poles: [string, number, number, unknown, number][] }>('/api/street-lights');
      poles.value = answer.poles.map(([id, latE6, lonE6, , state]) => ({
        id, x: worldX(lonE6 / 1e6), y: worldY(latE6 / 1e6), state,
      }));
    } catch {
      // Without lights the map still works; the next round tries again.
    }
    timer = setTimeout(read, POLES_AGAIN_MS);
  };
  void read();
  return () => clearTimeout(timer);
}
