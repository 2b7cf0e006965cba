import { clockTime } from '../../../shared/format/time';
import { Glyph, hazardGlyph } from '../parts/Glyph';
import { locale, words } from '../state/preferences';
import { ahead, far, hazardName, wind } from '../state/say';
import { sheet } from '../state/sheet';
import type { ConsoleState } from '../state/shapes';
import { Sheet } from './Sheet';

/** Every hazard near, also without a signal: what other crews and the office reported. */
export function HazardsSheet({ state }: { state: ConsoleState }) {
  const w = words.value;
  const hazards = state.hazards ?? [];
  return (
    <Sheet title={w.hazards}>
      {hazards.length === 0 && <p>{w.noHazards}</p>}
      <ul class="today hazards">
        {hazards.map((h) => (
          <li key={h.id}>
            <Glyph name={hazardGlyph(h.kind)} size={44} />
            <span><b>{hazardName(w, h.kind)}</b><small>{[w.hazardSeen(clockTime(locale.value, Date.parse(h.since))), h.own ? w.hazardOwn : ''].filter(Boolean).join(' · ')}</small></span>
            {h.distanceM !== undefined && h.bearingDeg !== undefined && (
              <span class="way-to"><b>{far(locale.value, h.distanceM)}</b> {wind(w, h.bearingDeg)}<i class="needle" style={{ transform: `rotate(${ahead(h.bearingDeg, state.courseDeg)}deg)` }}><Glyph name="arrow" size={40} /></i></span>
            )}
          </li>
        ))}
      </ul>
      <div class="sheet-foot"><button type="button" class="choice" disabled={!state.at} onClick={() => { sheet.value = 'report'; }}><Glyph name="report" size={40} />{w.report}</button></div>
    </Sheet>
  );
}
