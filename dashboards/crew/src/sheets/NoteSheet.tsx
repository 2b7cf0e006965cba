import { useState } from 'preact/hooks';
import { change, draftOf } from '../state/draft';
import { words } from '../state/preferences';
import { close } from '../state/sheet';
import { Keyboard } from './Keyboard';
import { Sheet } from './Sheet';

const LONGEST = 1000;

/** Quick notes by tap, the rest by the keys below: a kiosk has no keyboard of its own. */
export function NoteSheet({ order }: { order: { id: string } }) {
  const w = words.value;
  const [typing, setTyping] = useState(false);
  const note = draftOf(order.id).note;
  const set = (text: string) => change(order.id, { note: text.slice(0, LONGEST) });
  const toggle = (chip: string) => {
    const parts = note.split('; ').filter(Boolean);
    set((parts.includes(chip) ? parts.filter((p) => p !== chip) : [...parts, chip]).join('; '));
  };
  return (
    <Sheet title={w.noteTool}>
      <div class="note-line">
        <textarea aria-label={w.notePlace} placeholder={w.notePlace} value={note} maxLength={LONGEST} rows={2} onInput={(e) => set(e.currentTarget.value)} />
        <button type="button" class="choice strong" onClick={close}>{w.noteSend}</button>
      </div>
      <div class="sheet-foot start">
        <button type="button" class="chip" aria-pressed={!typing} onClick={() => setTyping(false)}>{w.noteTaps}</button>
        <button type="button" class="chip" aria-pressed={typing} onClick={() => setTyping(true)}>{w.write}</button>
      </div>
      {typing
        ? <Keyboard onType={(text) => set(draftOf(order.id).note + text)} onErase={() => set([...draftOf(order.id).note].slice(0, -1).join(''))} />
        : (
          <div class="tiles">
            {w.chips.map((chip) => <button key={chip} type="button" class="choice" aria-pressed={note.split('; ').includes(chip)} onClick={() => toggle(chip)}>{chip}</button>)}
          </div>
        )}
    </Sheet>
  );
}
