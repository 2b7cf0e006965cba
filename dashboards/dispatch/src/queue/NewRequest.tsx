import { useSignal } from '@preact/signals';
import { Icon } from '../../../shared/widgets/Icon';
import { send } from '../app/api';
import { catalogue, serviceName, serviceOf } from '../app/catalogue';
import { draft, forget } from '../app/drafts';
import { Area, Choice, Field, Line, Problem, useStep } from '../app/form';
import { PlaceField, placeOf } from '../app/PlaceField';
import { words } from '../app/preferences';
import { select } from '../app/selection';
import type { RequestSummary } from '../feed/shapes';

/** What somebody tells by phone becomes a request; one that repeats another follows it. */
export function NewRequest({ onDone }: { onDone: () => void }) {
  const w = words.value;
  const step = useStep(['service', 'lat', 'description', 'reportedAddress']);
  const [service, place, address, description] = [draft('new/service'), draft('new/place'), draft('new/address'), draft('new/description')];
  const unplaced = useSignal(false);
  const asked = (serviceOf(service.value)?.attributes ?? []).filter((a) => a.variable);
  const answerTo = (code: string) => draft(`new/${service.value}/${code}`);
  const open = async () => {
    const at = placeOf(place.value);
    unplaced.value = at === null;
    if (!at) return;
    const attributes = Object.fromEntries(asked.map((a) => [a.code, answerTo(a.code).value]).filter(([, said]) => said));
    let made: RequestSummary | undefined;
    const worked = await step.run(async () => {
      made = await send<RequestSummary>('/api/requests', {
        service: service.value, ...at, description: description.value.trim() || null, reportedAddress: address.value.trim() || null, attributes,
      });
    });
    if (!worked || !made) return;
    forget('new/place', 'new/address', 'new/description', ...asked.map((a) => `new/${service.value}/${a.code}`));
    onDone();
    select({ kind: 'request', id: made.number });
  };
  const wrong = step.fields.value;
  return (
    <form
      class="form pad new-request"
      onKeyDown={(e) => {
        if (e.key === 'Escape') onDone();
      }}
      onSubmit={(e) => {
        e.preventDefault();
        void open();
      }}
    >
      <Field label={w.service} wide error={wrong.service ?? ''}>
        {(tie) => (
          <Choice {...tie} text={service} required autofocus>
            <option value="" />
            {catalogue.value.items.map((s) => <option key={s.code} value={s.code}>{serviceName(s.code)}</option>)}
          </Choice>
        )}
      </Field>
      <PlaceField text={place} error={unplaced.value ? w.placeWrong : (wrong.lat ?? '')} />
      <Field label={w.saidAddress} wide error={wrong.reportedAddress ?? ''}>{(tie) => <Line {...tie} text={address} maxLength={400} />}</Field>
      {asked.map((a) => (
        <Field key={a.code} label={a.description} wide hint={a.hint} error={wrong[`attributes.${a.code}`] ?? ''}>
          {(tie) =>
            a.values.length > 0 ? (
              <Choice {...tie} text={answerTo(a.code)} required={a.required}>
                <option value="" />
                {a.values.map((v) => <option key={v.key} value={v.key}>{v.name}</option>)}
              </Choice>
            ) : <Line {...tie} text={answerTo(a.code)} required={a.required} />}
        </Field>
      ))}
      <Field label={w.description} wide error={wrong.description ?? ''}>{(tie) => <Area {...tie} text={description} maxLength={4000} />}</Field>
      <button type="submit" class="primary wide" disabled={step.busy.value}><Icon name="plus" size={16} /> {w.newRequest}</button>
      <Problem step={step} />
    </form>
  );
}
