import { useSignal } from '@preact/signals';
import type { Words } from '../../../shared/words/dispatch';
import { send } from '../app/api';
import { catalogue, serviceName } from '../app/catalogue';
import { draft, forget } from '../app/drafts';
import { Choice, Field, Line, Problem, useStep } from '../app/form';
import { words } from '../app/preferences';

const KINDS = ['snow', 'flood', 'wind', 'heat', 'other'] as const;
export const eventKind = (w: Words, kind: string): string =>
  ({ snow: w.eventSnow, flood: w.eventFlood, wind: w.eventWind, heat: w.eventHeat, other: w.eventOther })[kind] ?? kind;

export function EventForm({ onDone }: { onDone: () => void }) {
  const w = words.value;
  const step = useStep(['name', 'reimbursement']);
  const [kind, name, tag] = [draft('event/kind', 'snow'), draft('event/name'), draft('event/tag')];
  const suspends = useSignal<readonly string[]>([]);
  const services = useSignal<readonly string[]>([]);
  const begin = async () => {
    const body = { kind: kind.value, name: name.value.trim(), suspends: suspends.value, services: services.value, ...(tag.value.trim() ? { reimbursement: tag.value.trim() } : {}) };
    if (!(await step.run(() => send('/api/city-events', body)))) return;
    forget('event/kind', 'event/name', 'event/tag');
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
      <Services label={w.eventSuspends} hint={w.eventSuspendsHint} chosen={suspends} />
      <Services label={w.eventServices} hint={w.eventServicesHint} chosen={services} />
      <Field label={w.eventTag} hint={w.eventTagHint} wide error={step.fields.value.reimbursement ?? ''}>{(tie) => <Line {...tie} text={tag} maxLength={120} />}</Field>
      <button type="submit" class="primary wide" disabled={step.busy.value}>{w.eventBegin}</button>
      <Problem step={step} />
    </form>
  );
}

function Services({ label, hint, chosen }: { label: string; hint: string; chosen: { value: readonly string[] } }) {
  return (
    <fieldset class="field wide checks">
      <legend>{label}</legend>
      <p class="hint">{hint}</p>
      {catalogue.value.items.map((s) => (
        <label key={s.code}>
          <input
            type="checkbox" checked={chosen.value.includes(s.code)}
            onChange={(e) => (chosen.value = e.currentTarget.checked ? [...chosen.value, s.code] : chosen.value.filter((c) => c !== s.code))}
          />
          {serviceName(s.code)}
        </label>
      ))}
    </fieldset>
  );
}
