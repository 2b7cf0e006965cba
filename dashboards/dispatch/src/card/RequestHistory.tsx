import { useSignal } from '@preact/signals';
import { moment } from '../../../shared/format/time';
import { Icon } from '../../../shared/widgets/Icon';
import { at, send } from '../app/api';
import { draft, forget } from '../app/drafts';
import { Area, Field, Problem, useStep } from '../app/form';
import { locale, words } from '../app/preferences';
import { mapInfo, may } from '../app/session';
import { hubNow } from '../feed/city';
import type { HistoryEntry, RequestDetail } from '../feed/shapes';
import { NoteForm } from './NoteForm';

/** What happened, with notes and files; each line is the city's own until somebody marks it public. */
export function RequestHistory({ detail, onChange }: { detail: RequestDetail; onChange: () => void }) {
  const w = words.value;
  const newest = [...(detail.history ?? [])].sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || (b.n ?? 0) - (a.n ?? 0));
  return (
    <section class="card-part">
      <h3>{w.history}</h3>
      {may('requests.write') && <NoteForm number={detail.number} onDone={onChange} />}
      <ol class="history">
        {newest.map((h, i) => <Entry key={h.n ?? `${h.at}${i}`} entry={h} number={detail.number} onChange={onChange} />)}
      </ol>
    </section>
  );
}

function Entry({ entry: h, number, onChange }: { entry: HistoryEntry; number: string; onChange: () => void }) {
  const w = words.value;
  const step = useStep(['wording']);
  const asking = useSignal(false);
  const wording = draft(`public/${number}/${h.n}`, h.wording ?? '');
  const can = may('requests.write') && h.n !== undefined;
  const put = async (body: { public: boolean; wording?: string }) => {
    if (!(await step.run(() => send(at('requests', number, 'history', String(h.n)), body, 'PUT')))) return;
    forget(`public/${number}/${h.n}`);
    asking.value = false;
    onChange();
  };
  const toggle = () => {
    if (h.public) void put({ public: false });
    // What happened needs words for residents; a note and a file have their own.
    else if (h.kind === 'change' && !h.wording) asking.value = !asking.value;
    else void put({ public: true });
  };
  return (
    <li class={h.kind === 'note' ? 'note' : ''}>
      <time>{moment(locale.value, Date.parse(h.at), hubNow(), mapInfo.value?.timeZone)}</time>
      <span>
        {h.what}
        {h.file && h.fileType?.startsWith('image/') && <img class="history-image" src={`/api/attachments/${h.file}`} alt={h.what || w.photo} loading="lazy" />}
        {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said. */}
        {h.file && h.fileType?.startsWith('audio/') && <audio controls preload="none" src={`/api/attachments/${h.file}`} />}
        {h.public && h.wording && h.wording !== h.what && <i class="public-words">{w.residentsRead(h.wording)}</i>}
        <i>
          {h.who}
          {can && (
            <button type="button" class={`public-toggle${h.public ? ' on' : ''}`} aria-pressed={h.public ?? false} disabled={step.busy.value} onClick={toggle}>
              <Icon name={h.public ? 'globe' : 'lock'} size={12} /> {h.public ? w.public : w.internal}
            </button>
          )}
        </i>
        {asking.value && (
          <form
            class="form"
            onSubmit={(e) => {
              e.preventDefault();
              void put({ public: true, wording: wording.value.trim() });
            }}
          >
            <Field label={w.publicWording} wide error={step.fields.value.wording ?? ''}>{(tie) => <Area {...tie} text={wording} required maxLength={4000} rows={2} autofocus />}</Field>
            <button type="submit" class="secondary small" disabled={step.busy.value}>{w.publish}</button>
          </form>
        )}
        <Problem step={step} />
      </span>
    </li>
  );
}
