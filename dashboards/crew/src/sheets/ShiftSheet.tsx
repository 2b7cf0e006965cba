import { useState } from 'preact/hooks';
import { clockTime } from '../../../shared/format/time';
import { Glyph, type GlyphName } from '../parts/Glyph';
import { changeShift, refusalOf } from '../state/press';
import { Keypad } from '../shift/Keypad';
import { locale, words } from '../state/preferences';
import { close } from '../state/sheet';
import type { ConsoleState } from '../state/shapes';
import { Sheet } from './Sheet';

export function ShiftSheet({ state }: { state: ConsoleState }) {
  const w = words.value;
  const [fault, setFault] = useState('');
  const [joining, setJoining] = useState(false);
  const { shift } = state;
  const states: [ConsoleState['shift']['state'], GlyphName, string][] = [['on', 'crew', w.on], ['break', 'coffee', w.breakState], ['callOut', 'call', w.callOut]];
  const set = async (to: string) => {
    const outcome = await changeShift({ state: to });
    if (outcome.kind === 'saved') close();
    else setFault(w.notSaved);
  };
  const join = async (pin: string) => {
    const outcome = await changeShift({ state: shift.state, crew: shift.crew, pin });
    if (outcome.kind === 'saved') setJoining(false);
    setFault(refusalOf(w, outcome));
    return outcome.kind === 'saved';
  };
  if (joining) return <Sheet title={w.comesOnBoard} onClose={() => setJoining(false)}><Keypad hint={w.pinOrBadge} fault={fault} onEnter={join} /></Sheet>;
  return (
    <Sheet title={`${w.shift} · ${shift.crewName ?? shift.crew ?? ''}`}>
      <p class="hint">{shift.since && w.since(clockTime(locale.value, Date.parse(shift.since)))} · {shift.members.join(', ')}</p>
      <div class="tiles three">
        {states.map(([to, glyph, text]) => (
          <button key={to} type="button" class="choice tall" aria-pressed={shift.state === to} onClick={() => void set(to)}><Glyph name={glyph} size={48} /><b>{text}</b></button>
        ))}
      </div>
      {fault && <p class="fault" role="alert">{fault}</p>}
      <div class="end-shift">
        {state.crews?.find((c) => c.id === shift.crew)?.pin
          ? <button type="button" class="choice tall" onClick={() => { setFault(''); setJoining(true); }}><Glyph name="crew" size={40} /><b>{w.comesOnBoard}</b></button>
          : <span />}
        <p class="hint">{w.endHint}</p>
        <button type="button" class="choice tall" onClick={() => void set('off')}><Glyph name="home" size={40} /><b>{w.endShift}</b></button>
      </div>
    </Sheet>
  );
}
