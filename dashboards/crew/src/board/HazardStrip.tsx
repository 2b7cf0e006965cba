import { Glyph, hazardGlyph } from '../parts/Glyph';
import { locale, words } from '../state/preferences';
import { ahead, far, hazardName, wind } from '../state/say';
import { sheet } from '../state/sheet';
import type { ConsoleState } from '../state/shapes';

// Nearer than this it is in the way.
const CLOSE_M = 300;

/** The nearest hazard: what, how far, where to. The others are one tap away. */
export function HazardStrip({ state }: { state: ConsoleState }) {
  const w = words.value;
  const [first, ...others] = state.hazards ?? [];
  if (!first) return null;
  const close = first.distanceM !== undefined && first.distanceM <= CLOSE_M;
  return (
    <button type="button" class={`hazard-strip${close ? ' close' : ''}`} onClick={() => { sheet.value = 'hazards'; }}>
      <Glyph name={hazardGlyph(first.kind)} size={34} />
      <span><b>{hazardName(w, first.kind)}</b>{first.distanceM !== undefined && first.bearingDeg !== undefined && <small>{far(locale.value, first.distanceM)} {wind(w, first.bearingDeg)}</small>}</span>
      {others.length > 0 && <small class="more">{w.more(others.length)}</small>}
      {first.bearingDeg !== undefined && <i class="needle" style={{ transform: `rotate(${ahead(first.bearingDeg, state.courseDeg)}deg)` }}><Glyph name="arrow" size={34} /></i>}
    </button>
  );
}
