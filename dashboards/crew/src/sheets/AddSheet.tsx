import { Glyph, type GlyphName } from '../parts/Glyph';
import { draftOf, drop } from '../state/draft';
import { take } from '../state/press';
import { words } from '../state/preferences';
import { close, sheet, type Sheet as Name } from '../state/sheet';
import type { ConsoleState } from '../state/shapes';
import { Sheet } from './Sheet';

/** Something that was forgotten at a job that is done: until the shift ends it can be added. */
export function AddSheet({ to, state }: { to: { id: string; label: string }; state: ConsoleState }) {
  const w = words.value;
  const draft = draftOf(to.id);
  const empty = !draft.note && draft.files.length === 0;
  const ways: [Name, GlyphName, string][] = [['note', 'note', w.noteTool], ['photo', 'camera', w.photo], ...(state.voiceNotes ? [['voice', 'mic', w.voice] as [Name, GlyphName, string]] : [])];
  const send = async () => {
    const sent = await take({ kind: 'note', order: to.id, ...(draft.note ? { note: draft.note } : {}), ...(draft.files.length > 0 ? { attachments: draft.files } : {}) });
    if (sent) drop(to.id);
    close();
  };
  return (
    <Sheet title={w.addTitle(to.label)}>
      <div class="tiles three">
        {ways.map(([name, glyph, text]) => <button key={name} type="button" class="choice tall" onClick={() => { sheet.value = name; }}><Glyph name={glyph} size={48} /><b>{text}</b></button>)}
      </div>
      <p class="hint" role="status">{empty ? w.addEmpty : [draft.note, draft.files.length > 0 ? w.kept(draft.files.length) : ''].filter(Boolean).join(' · ')}</p>
      <div class="sheet-foot"><button type="button" class="choice strong tall" disabled={empty} onClick={() => void send()}><Glyph name="upload" size={40} />{w.addSend}</button></div>
    </Sheet>
  );
}
