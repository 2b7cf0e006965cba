import { useState } from 'preact/hooks';
import { Glyph } from '../parts/Glyph';
import { changeShift, refusalOf } from '../state/press';
import { words } from '../state/preferences';
import type { ConsoleState, Crew } from '../state/shapes';
import { Keyboard } from '../sheets/Keyboard';
import { Keypad } from './Keypad';

/** Which crew, and where the city gave them out, the PIN or badge of one of its people. Works without a signal. */
export function SignOn({ state }: { state: ConsoleState }) {
  const w = words.value;
  const [crew, setCrew] = useState<Crew | null>(null);
  const [id, setId] = useState('');
  const [fault, setFault] = useState('');
  const on = async (which: string, pin?: string): Promise<boolean> => {
    const outcome = await changeShift({ state: 'on', crew: which, ...(pin ? { pin } : {}) });
    setFault(refusalOf(w, outcome));
    return outcome.kind === 'saved';
  };
  if (crew) {
    return (
      <section class="sign-on" aria-label={w.signOn}>
        <header><h1>{crew.name}</h1><button type="button" class="choice" onClick={() => { setCrew(null); setFault(''); }}>{w.cancel}</button></header>
        <Keypad hint={w.pinOrBadge} fault={fault} onEnter={(pin) => on(crew.id, pin)} />
      </section>
    );
  }

  const crews = state.crews ?? [];
  if (crews.length === 0) {
    return (
      <section class="sign-on" aria-label={w.signOn}>
        <h1>{w.signOn}</h1>
        <p class="hint">{w.noCrews}</p>
        <form class="note-line" onSubmit={(e) => { e.preventDefault(); void on(id.trim()); }}>
          <input aria-label={w.crewId} placeholder={w.crewId} value={id} maxLength={32} autoComplete="off" onInput={(e) => setId(e.currentTarget.value.toLowerCase())} />
          <button type="submit" class="choice strong" disabled={id.trim().length === 0}>{w.signOn}</button>
        </form>
        {fault && <p class="fault" role="alert">{fault}</p>}
        <Keyboard onType={(t) => setId(id + t.trim())} onErase={() => setId(id.slice(0, -1))} />
      </section>
    );
  }

  return (
    <section class="sign-on" aria-label={w.signOn}>
      <h1>{w.chooseCrew}</h1>
      {fault && <p class="fault" role="alert">{fault}</p>}
      <div class="tiles crews">
        {crews.map((c) => <button key={c.id} type="button" class="choice tall" onClick={() => { setFault(''); if (c.pin) setCrew(c); else void on(c.id); }}><Glyph name="crew" size={40} /><b>{c.name}</b></button>)}
      </div>
    </section>
  );
}
