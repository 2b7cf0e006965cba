import { Glyph, type GlyphName } from '../parts/Glyph';
import { draftOf } from '../state/draft';
import { words } from '../state/preferences';
import { sheet, type Sheet } from '../state/sheet';
import { isOpen, type ConsoleState, type Order } from '../state/shapes';

export function Tools({ order, state }: { order: Order; state: ConsoleState }) {
  const w = words.value;
  const draft = draftOf(order.id);
  if (!isOpen(order)) return null;
  const tools: [Sheet, GlyphName, string, boolean][] = [
    ['photo', 'camera', w.photo, draft.files.length > 0], ['note', 'note', w.noteTool, draft.note.length > 0],
    ...(state.voiceNotes ? [['voice', 'mic', w.voice, false] as [Sheet, GlyphName, string, boolean]] : []),
    ['material', 'material', w.material, false], ['notDone', 'pause', w.moreTool, false],
  ];
  return (
    <div class="tools">
      {tools.map(([name, glyph, text, marked]) => (
        <button key={name} type="button" class="tool" onClick={() => { sheet.value = name; }}>
          <Glyph name={glyph} size={38} /><span>{text}</span>{marked && <i class="tick"><Glyph name="check" size={20} /></i>}
        </button>
      ))}
    </div>
  );
}
