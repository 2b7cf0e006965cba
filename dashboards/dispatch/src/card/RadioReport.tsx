import { useSignal } from '@preact/signals';
import { atWall } from '../../../shared/format/time';
import { at, send } from '../app/api';
import { catalogue, pauseName, serviceOf, titleIn } from '../app/catalogue';
import { draft, forget } from '../app/drafts';
import { Area, Choice, Field, Line, Problem, useStep } from '../app/form';
import { newId } from '../app/ids';
import { words } from '../app/preferences';
import { mapInfo } from '../app/session';
import { eventWord } from '../app/states';
import { didIt } from '../app/undo';
import { crews } from '../feed/city';
import type { OrderSummary } from '../feed/shapes';

/** What a crew may say, in the order of a job. */
const KINDS = ['accept', 'arrive', 'start', 'complete', 'cannotComplete', 'suspend', 'wait', 'makeSafe', 'temporaryRepair', 'handOver', 'acknowledge'] as const;
const NEEDS_REASON = ['cannotComplete', 'suspend', 'wait'];
const REASONS = ['parts', 'utility', 'weather', 'police', 'permit', 'no-access', 'not-found', 'other'];

/** A crew without a device says by radio where it stands; who said it is kept. */
export function RadioReport({ order: o, onDone }: { order: OrderSummary; onDone: () => void }) {
  const w = words.value;
  const step = useStep(['saidBy', 'at', 'reason', 'to', 'note']);
  const name = (field: string) => `radio/${o.id}/${field}`;
  const [kind, saidBy, when, reason, note, resolution, to] = [
    draft(name('kind'), 'arrive'), draft(name('saidBy')), draft(name('at')), draft(name('reason')), draft(name('note')), draft(name('resolution')), draft(name('to')),
  ];
  /** One name for each try, so that a second press after a lost answer does nothing twice. */
  const id = useSignal(newId());
  const tell = async () => {
    const said = {
      clientId: id.value, kind: kind.value, saidBy: saidBy.value.trim(), at: when.value ? new Date(atWall(when.value, mapInfo.value?.timeZone)).toISOString() : undefined,
      reason: NEEDS_REASON.includes(kind.value) ? reason.value || undefined : undefined, note: note.value.trim() || undefined,
      resolution: kind.value === 'complete' ? resolution.value || undefined : undefined, to: kind.value === 'handOver' ? to.value : undefined, crew: o.crew ?? undefined,
    };
    if (!(await step.run(() => send(at('work-orders', o.id, 'report'), said)))) return;
    didIt(w.radioTold(eventWord(w, kind.value)), () =>
      send(at('work-orders', o.id, 'report'), { clientId: newId(), kind: 'undo', undoes: said.clientId, saidBy: said.saidBy, crew: said.crew }));
    forget(...['kind', 'at', 'reason', 'note', 'resolution', 'to'].map(name));
    onDone();
  };
  const wrong = step.fields.value;
  return (
    <form
      class="form"
      onSubmit={(e) => {
        e.preventDefault();
        void tell();
      }}
    >
      <p class="hint wide">{w.radioHint}</p>
      <Field label={w.radioWhat}>
        {(tie) => <Choice {...tie} text={kind} autofocus>{KINDS.map((k) => <option key={k} value={k}>{eventWord(w, k)}</option>)}</Choice>}
      </Field>
      <Field label={w.radioWho} error={wrong.saidBy ?? ''}>{(tie) => <Line {...tie} text={saidBy} required maxLength={64} autocomplete="off" />}</Field>
      {NEEDS_REASON.includes(kind.value) && (
        <Field label={w.reason} error={wrong.reason ?? ''}>
          {(tie) => (
            <Choice {...tie} text={reason} required>
              <option value="" />
              {[...new Set([...catalogue.value.pauseReasons.map((p) => p.code), ...REASONS])].map((r) => <option key={r} value={r}>{pauseName(r)}</option>)}
            </Choice>
          )}
        </Field>
      )}
      {kind.value === 'complete' && (
        <Field label={w.resolution}>
          {(tie) => (
            <Choice {...tie} text={resolution}>
              <option value="">{w.asUsual}</option>
              {catalogue.value.resolutions.filter((r) => serviceOf(o.service)?.resolutions.includes(r.code)).map((r) => <option key={r.code} value={r.code}>{titleIn(r)}</option>)}
            </Choice>
          )}
        </Field>
      )}
      {kind.value === 'handOver' && (
        <Field label={w.radioTo} error={wrong.to ?? ''}>
          {(tie) => (
            <Choice {...tie} text={to} required>
              <option value="" />
              {crews.value.filter((c) => c.id !== o.crew).map((c) => <option key={c.id} value={c.id}>{c.name}</option>)}
            </Choice>
          )}
        </Field>
      )}
      <Field label={w.radioWhen} hint={w.radioNow} error={wrong.at ?? ''}>{(tie) => <Line {...tie} text={when} type="datetime-local" />}</Field>
      <Field label={w.note} wide error={wrong.note ?? ''}>{(tie) => <Area {...tie} text={note} maxLength={1000} rows={2} />}</Field>
      <button type="submit" class="primary wide" disabled={step.busy.value}>{w.radioSave}</button>
      <Problem step={step} />
    </form>
  );
}
