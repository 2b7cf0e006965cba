import { useState } from 'preact/hooks';
import { Glyph, hazardGlyph, serviceGlyph } from '../parts/Glyph';
import { take } from '../state/press';
import { words } from '../state/preferences';
import { hazardName, serviceName } from '../state/say';
import { close } from '../state/sheet';
import type { ConsoleState } from '../state/shapes';
import { Sheet } from './Sheet';

/** A hazard or a problem at this spot, in two taps: this sheet and what it is. Or fixed already, of another kind than usual. */
export function ReportSheet({ state }: { state: ConsoleState }) {
  const w = words.value;
  const [fixed, setFixed] = useState(false);
  const known = [...new Set([...(state.services ?? []).map((s) => s.code), ...state.orders.map((o) => o.service), 'pothole', 'street-light-out'])];
  const press = (service: string) => {
    close();
    void take({ kind: fixed ? 'fixedHere' : 'report', service });
  };
  const warn = (hazard: string) => {
    close();
    void take({ kind: 'hazard', hazard });
  };
  return (
    <Sheet title={w.reportTitle}>
      <div class="switch">
        <button type="button" class="chip" aria-pressed={!fixed} onClick={() => setFixed(false)}>{w.reportInstead}</button>
        <button type="button" class="chip" aria-pressed={fixed} onClick={() => setFixed(true)}>{w.fixedInstead}</button>
        <p class="hint">{w.reportHint}</p>
      </div>
      {!fixed && (
        <section class="ways hazard-ways" aria-label={w.hazardSub}>
          <h3>{w.hazardSub} <small>{w.hazardHint}</small></h3>
          <div>
            {Object.keys(w.hazardNames).map((kind) => (
              <button key={kind} type="button" class="way-button" onClick={() => warn(kind)}><Glyph name={hazardGlyph(kind)} size={34} /><span>{hazardName(w, kind)}</span></button>
            ))}
          </div>
        </section>
      )}
      <fieldset class="tiles plain" aria-label={w.problems}>
        {known.map((code) => (
          <button key={code} type="button" class="choice" onClick={() => press(code)}><Glyph name={serviceGlyph(code)} size={40} /><b>{serviceName(w, code, state.services)}</b></button>
        ))}
      </fieldset>
    </Sheet>
  );
}
