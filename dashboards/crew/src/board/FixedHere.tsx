import { signal } from '@preact/signals';
import { Glyph, serviceGlyph } from '../parts/Glyph';
import { take } from '../state/press';
import { words } from '../state/preferences';
import { serviceName } from '../state/say';
import { sheet } from '../state/sheet';
import type { ConsoleState, Order } from '../state/shapes';

// Twice within this is one finger that bounced.
const APART_MS = 1200;
const resting = signal(false);

/** What this crew fixes on the way: what it fixed last, else what it works on, else what it does. */
export function usual(state: ConsoleState, chosen: Order | null): string {
  return state.recent.find((d) => d.kind === 'fixedHere' && d.service)?.service
    ?? chosen?.service ?? state.orders[0]?.service ?? state.services?.[0]?.code ?? 'pothole';
}

export function FixedHere({ state, chosen }: { state: ConsoleState; chosen: Order | null }) {
  const w = words.value;
  const service = usual(state, chosen);
  const today = state.recent.filter((d) => d.kind === 'fixedHere' && d.mine && !d.undone).length;
  const placed = state.at !== undefined && (state.fixAgeSeconds ?? 99) < 30;
  return (
    <div class="here-row">
      <button type="button" class="here-button" disabled={!placed || resting.value} title={placed ? undefined : w.noPlace} onClick={() => fix(service)}>
        <Glyph name={serviceGlyph(service)} size={46} />
        <b>{w.fixedHere}</b>
        <span>{placed ? serviceName(w, service, state.services) : w.noFix}{today > 0 && ` · ${w.fixedCount(today)}`}</span>
      </button>
      <button type="button" class="here-button plain" disabled={!placed} onClick={() => { sheet.value = 'report'; }}>
        <Glyph name="report" size={46} />
        <b>{w.report}</b>
      </button>
    </div>
  );
}

function fix(service: string) {
  resting.value = true;
  setTimeout(() => { resting.value = false; }, APART_MS);
  void take({ kind: 'fixedHere', service });
}
