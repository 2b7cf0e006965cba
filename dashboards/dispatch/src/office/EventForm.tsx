import type { Words } from '../../../shared/words/dispatch';
import { send } from '../app/api';
import { catalogue, serviceName } from '../app/catalogue';
import { draft, forget, ticked } from '../app/drafts';
import { Choice, Field, Line, Problem, useStep } from '../app/form';
import { words } from '../app/preferences';
import { Ticks } from '../app/ticks';

const KINDS = ['snow', 'flood', 'wind', 'heat', 'other'] as const;
export const eventKind = (w: Words, kind: string): string =>
  ({ snow: w.eventSnow, flood: w.eventFlood, wind: w.eventWind, heat: w.eventHeat, other: w.eventOther })[kind] ?? kind;

export function EventForm({ onDone }: { onDone: () => void }) {
  const w = words.value;
  const step = useStep(['name', 'reimbursement']);
  const [kind, name, tag] = [draft('event/kind', 'snow'), draft('event/name'), draft('event/tag')];
  const suspends = ticked('event/suspends');
  const services = ticked('event/services');
  const choices = catalogue.value.items.map((s) => ({ id: s.code, name: serviceName(s.code) }));
  const begin = async () => {
    const body = { kind: kind.value, name: name.value.trim(), suspends: suspends.value, services: services.value, ...(tag.value.trim() ? { reimbursement: tag.value.trim() } : {}) };
    if (!(await step.run(() => send('/api/city-events', body)))) return;
    forget('event/kind', 'event/name', 'event/tag', 'event/suspends', 'event/services');
    onDone();
  };
  return (
    <form
      class="form pad"
      onSubmit={(e) => {
        e.preventDefault();
        void begin();
      }}
    >
      <Field label={w.eventKind}>{(tie) => <Choice {...tie} text={kind}>{KINDS.map((k) => <option key={k} value={k}>{eventKind(w, k)}</option>)}</Choice>}</Field>
      <Field label={w.eventName} error={step.fields.value.name ?? ''}>{(tie) => <Line {...tie} text={name} required maxLength={120} />}</Field>
      <Ticks label={w.eventSuspends} hint={w.eventSuspendsHint} kept={suspends} choices={choices} />
      <Ticks label={w.eventServices} hint={w.eventServicesHint} kept={services} choices={choices} />
      <Field label={w.eventTag} hint={w.eventTagHint} wide error={step.fields.value.reimbursement ?? ''}>{(tie) => <Line {...tie} text={tag} maxLength={120} />}</Field>
      <button type="submit" class="primary wide" disabled={step.busy.value}>{w.eventBegin}</button>
      <Problem step={step} />
    </form>
  );
}
