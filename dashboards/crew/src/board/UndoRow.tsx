import { Glyph } from '../parts/Glyph';
import { chosen } from '../state/choice';
import { draftOf } from '../state/draft';
import { again, last, take } from '../state/press';
import { locale, words } from '../state/preferences';
import type { ConsoleState } from '../state/shapes';
import { clockTime } from '../../../shared/format/time';

/** What was pressed last and how to take it back: a row of its own, so that it covers nothing and nothing asks twice. */
export function UndoRow({ state }: { state: ConsoleState }) {
  const w = words.value;
  const pressed = last.value;
  if (pressed?.outcome.kind === 'failed') {
    const { status, cause } = pressed.outcome;
    return (
      <div class="undo-row failed" role="alert">
        <Glyph name="warning" size={32} />
        <p><b>{w.notSaved}</b> {status === 423 ? w.lockedNow : status === 409 ? w.refused : ''} <small>{status === 423 ? '' : cause}</small></p>
        {status === 409 ? <button type="button" onClick={() => { last.value = null; }}>{w.close}</button> : <button type="button" onClick={again}>{w.again}</button>}
      </div>
    );
  }

  if (pressed?.outcome.kind === 'saving') return <div class="undo-row" role="status"><p>{w.saving}</p></div>;
  const done = state.recent.find((d) => d.mine && !d.undone);
  const draft = chosen.value ? draftOf(chosen.value.id) : null;
  const kept = [draft?.note ? w.noteKept : '', draft && draft.files.length > 0 ? w.kept(draft.files.length) : ''].filter(Boolean).join(' · ');
  return (
    <div class="undo-row" role="status">
      {kept ? <><Glyph name="note" size={30} /><p>{kept}</p></> : done ? (
        <>
          <Glyph name="check" size={32} />
          <p><b>{w.did[done.kind] ?? done.kind}</b> {clockTime(locale.value, Date.parse(done.taken))} <small>{done.label?.split(' · ')[0]} {done.atHub ? w.atHub : w.onVehicle}</small></p>
        </>
      ) : <p class="quiet">{w.saved}</p>}
      {done && <button type="button" onClick={() => void take({ kind: 'undo', undoes: done.id })}><Glyph name="undo" size={30} />{w.undo}</button>}
    </div>
  );
}
