import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { moment } from '../../../shared/format/time';
import { Chip } from '../../../shared/widgets/Chip';
import { Icon } from '../../../shared/widgets/Icon';
import { ask, at, send } from '../app/api';
import { draft, forget } from '../app/drafts';
import { Empty } from '../app/Empty';
import { Area, Field, Line, Problem, useStep } from '../app/form';
import { newId } from '../app/ids';
import { usePolled } from '../app/polled';
import { locale, words } from '../app/preferences';
import { mapInfo, may, person } from '../app/session';
import { hubNow } from '../feed/city';

interface Desk {
  name: string;
  holder: string | null;
  since: string | null;
  notes: string | null;
}

interface DeskEntry {
  id: string | number;
  at: string;
  kind: 'take-over' | 'note' | string;
  who: string;
  from: string | null;
  notes: string;
  counts: { requestsOpen: number; requestsOverdue: number; ordersUnassigned: number; callsForHelp: number } | null;
}

const AGAIN_MS = 20_000;

/** Who sits at which desk, what the one before left to say, and how much was open when it changed hands. */
export function DeskLog() {
  const w = words.value;
  const again = useSignal(0);
  const { value, problem } = usePolled<{ items: Desk[] }>(`/api/desks#${again.value}`, AGAIN_MS);
  const chosen = draft('desk/chosen');
  const fresh = draft('desk/new');
  const desks = value.value?.items ?? [];
  const name = chosen.value || desks.find((d) => d.holder === person.value?.name)?.name || desks[0]?.name || '';
  const desk = desks.find((d) => d.name === name);
  return (
    <>
      <header class="list-head">
        <h2>{w.navDesk}</h2>
        {desks.length > 1 && (
          <label class="sort">
            <span class="unseen">{w.desk}</span>
            <select value={name} onChange={(e) => (chosen.value = e.currentTarget.value)}>{desks.map((d) => <option key={d.name} value={d.name}>{d.name}</option>)}</select>
          </label>
        )}
      </header>
      <div class="plain-list">
        {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
        {value.value && desks.length === 0 && <Empty icon="note" text={w.noDesk} hint={w.noDeskHint} />}
        {value.value && (name || may('desks.write')) && (
          <DeskPart key={name} name={name || fresh.value.trim()} desk={desk} fresh={name === ''} newName={fresh} onDone={() => {
            if (!name) chosen.value = fresh.value.trim();
            fresh.value = '';
            again.value++;
          }} />
        )}
        {name && <DeskEntries key={`${name}${again.value}`} desk={name} />}
      </div>
    </>
  );
}

interface DeskPartProps {
  name: string;
  desk: Desk | undefined;
  fresh: boolean;
  newName: ReturnType<typeof draft>;
  onDone: () => void;
}

function DeskPart({ name, desk, fresh, newName, onDone }: DeskPartProps) {
  const w = words.value;
  const step = useStep(['notes', 'text', 'desk']);
  const text = draft(`desk/${fresh ? '' : name}/notes`);
  const id = useSignal(newId());
  const holds = desk?.holder === person.value?.name;
  const tell = async (takeOver: boolean) => {
    const said = text.value.trim();
    const body = takeOver ? { clientId: id.value, notes: said } : { clientId: id.value, text: said };
    if (!(await step.run(() => send(at('desks', name, takeOver ? 'take-over' : 'notes'), body)))) return;
    forget(`desk/${fresh ? '' : name}/notes`);
    id.value = newId();
    onDone();
  };
  const since = desk?.since ? moment(locale.value, Date.parse(desk.since), hubNow(), mapInfo.value?.timeZone) : '';
  return (
    <section class="pad-part">
      {desk && <p><b>{desk.name}</b> <Chip color={desk.holder ? 'var(--good)' : 'var(--ink-3)'}>{desk.holder ? w.heldBy(desk.holder, since) : w.heldByNobody}</Chip></p>}
      {desk?.notes && <p class="desk-notes">{desk.notes}</p>}
      {may('desks.write') && (
        <form
          class="form"
          onSubmit={(e) => {
            e.preventDefault();
            void tell(!holds);
          }}
        >
          {fresh && <Field label={w.desk} wide hint={w.deskHint}>{(tie) => <Line {...tie} text={newName} required maxLength={64} />}</Field>}
          <Field label={holds ? w.deskNote : w.deskNotes} wide error={step.fields.value.notes ?? step.fields.value.text ?? ''}>
            {(tie) => <Area {...tie} text={text} required={holds} maxLength={4000} />}
          </Field>
          <button type="submit" class="primary wide" disabled={step.busy.value || name === ''}>
            <Icon name={holds ? 'note' : 'check'} size={16} /> {holds ? w.deskSave : w.takeOver}
          </button>
          <Problem step={step} />
        </form>
      )}
    </section>
  );
}

function DeskEntries({ desk }: { desk: string }) {
  const w = words.value;
  const items = useSignal<DeskEntry[]>([]);
  const next = useSignal<number | null>(null);
  const problem = useSignal('');
  const page = async (cursor: number | null) => {
    try {
      const answer = await ask<{ items: DeskEntry[]; next: number | null }>(`${at('desks', desk, 'log')}?limit=30${cursor === null ? '' : `&cursor=${cursor}`}`);
      items.value = [...(cursor === null ? [] : items.value), ...answer.items];
      next.value = answer.next;
    } catch (e) {
      problem.value = (e as Error).message;
    }
  };
  useEffect(() => {
    void page(null);
  }, [desk]);
  return (
    <>
      {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
      <ol class="desk-log" aria-label={w.navDesk}>
        {items.value.map((e) => (
          <li key={e.id}>
            <p><time>{moment(locale.value, Date.parse(e.at), hubNow(), mapInfo.value?.timeZone)}</time> <b>{e.kind === 'take-over' ? w.tookOver(e.who, e.from ?? '') : e.who}</b></p>
            {e.notes && <p>{e.notes}</p>}
            {e.counts && e.kind === 'take-over' && <p class="hint">{w.deskCounts(e.counts.requestsOpen, e.counts.requestsOverdue, e.counts.ordersUnassigned, e.counts.callsForHelp)}</p>}
          </li>
        ))}
      </ol>
      {next.value !== null && <button type="button" class="older" onClick={() => void page(next.value)}>{w.olderEntries}</button>}
    </>
  );
}
