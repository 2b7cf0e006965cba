import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Icon } from '../../../shared/widgets/Icon';
import { ask, at, send } from '../app/api';
import { draft, forget } from '../app/drafts';
import { Area, Field, Problem, useStep } from '../app/form';
import { useKeys } from '../app/keys';
import { words } from '../app/preferences';
import { isTicked, Tick } from '../app/ticks';

const FILES = 'image/jpeg,image/png,image/webp,audio/*';

/** A note or a file with a request. Only the city reads it, unless it is marked public. */
export function NoteForm({ number, onDone }: { number: string; onDone: () => void }) {
  const w = words.value;
  const text = draft(`note/${number}`);
  const open = useSignal(text.peek() !== '');
  const shared = draft(`note/${number}/public`);
  const file = useSignal<File | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const step = useStep(['text', 'caption']);
  useKeys([{
    key: 'n', say: (words) => words.addNote, run: () => {
      open.value = true;
      requestAnimationFrame(() => form.current?.querySelector('textarea')?.focus());
    },
  }]);
  if (!open.value)
    return <button type="button" class="link add-note" onClick={() => (open.value = true)}><Icon name="note" size={14} /> {w.addNote} <kbd>N</kbd></button>;
  const save = () => {
    const picked = file.value;
    if (!picked) return send(at('requests', number, 'notes'), { text: text.value.trim(), public: isTicked(shared) });
    const wish = new URLSearchParams({ public: String(isTicked(shared)), caption: text.value.trim() });
    return ask(`${at('requests', number, 'media')}?${wish}`, { method: 'POST', body: picked, headers: { 'content-type': picked.type } });
  };
  return (
    <form
      ref={form} class="form note-form"
      onSubmit={async (e) => {
        e.preventDefault();
        if (!(await step.run(save))) return;
        forget(`note/${number}`, `note/${number}/public`);
        file.value = null;
        open.value = false;
        onDone();
      }}
    >
      <Field label={w.note} wide error={step.fields.value.text ?? step.fields.value.caption ?? ''}>
        {(tie) => <Area {...tie} text={text} required={file.value === null} maxLength={4000} rows={3} />}
      </Field>
      <Tick label={w.publicNote} text={shared} />
      <label class="tick file">
        <Icon name="attach" size={14} /> <span>{file.value?.name ?? w.attachFile}</span>
        <input type="file" class="unseen" accept={FILES} onChange={(e) => (file.value = e.currentTarget.files?.[0] ?? null)} />
      </label>
      <div class="pair wide">
        <button type="submit" class="primary" disabled={step.busy.value}>{w.save}</button>
        <button type="button" class="secondary" onClick={() => (open.value = false)}>{w.later}</button>
      </div>
      <Problem step={step} />
    </form>
  );
}
