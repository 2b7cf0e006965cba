// Which units hold crew actions that should be at city hall by now. Pure.
import type { Unit } from './shapes';

/** An action that is under way, and a short loss of signal, is no news. */
const SOON_MS = 120_000;

export interface Waiting {
  /** Units that said they hold crew actions. */
  units: number;
  actions: number;
  /** Units that are not heard with a shift open: what they hold, nobody here knows. */
  silent: number;
}

export function waitingOf(units: readonly Unit[], nowMs: number): Waiting {
  const found: Waiting = { units: 0, actions: 0, silent: 0 };
  for (const u of units) {
    if (u.unsentActions > 0) {
      if (nowMs - u.oldestActionMs < SOON_MS && u.online) continue;
      found.units++;
      found.actions += u.unsentActions;
    } else if (!u.online && u.shift !== 'off' && u.shift !== 'unknown' && u.kind === 'crewed' && u.lastSeenMs && nowMs - u.lastSeenMs > SOON_MS) found.silent++;
  }
  return found;
}
