import { useSignal } from '@preact/signals';
import { Icon } from '../../../shared/widgets/Icon';
import { send } from '../app/api';
import { catalogue, said, serviceName, serviceOf } from '../app/catalogue';
import { draft, forget } from '../app/drafts';
import { Area, Choice, Field, Line, Problem, useStep } from '../app/form';
import { newId } from '../app/ids';
import { PlaceField, placeIn } from '../app/PlaceField';
import { nameOf } from '../app/places';
import { words } from '../app/preferences';
import { select } from '../app/selection';
import { may } from '../app/session';
import { isTicked, Tick } from '../app/ticks';
import { crews } from '../feed/city';
import type { OrderSummary, RequestSummary } from '../feed/shapes';

/** What somebody tells by phone becomes a request; one that repeats another follows it. */
export function NewRequest({ onDone }: { onDone: () => void }) {
  const w = words.value;
  const step = useStep(['service', 'lat', 'description', 'reportedAddress', 'crew', 'saidBy']);
  const [service, place, address, description] = [draft('new/service'), draft('new/place'), draft('new/address'), draft('new/description')];
  const [crew, saidBy] = [draft('new/crew'), draft('new/saidBy')];
  const fixed = draft('new/fixed');
  const id = useSignal(newId());
  const unplaced = useSignal(false);
  const asked = (serviceOf(service.value)?.attributes ?? []).filter((a) => a.variable);
  const answerTo = (code: string) => draft(`new/${service.value}/${code}`);
  const open = async () => {
    const at = await placeIn(place);
    unplaced.value = at === null;
    if (!at) return;
    if (isTicked(fixed)) {
      // Said by radio: order, request and repair in one, as if the crew had pressed it.
      const report = { clientId: id.value, kind: 'fixedHere', crew: crew.value, saidBy: saidBy.value.trim(), service: service.value, ...at, ...(description.value.trim() ? { note: description.value.trim() } : {}) };
      let order: OrderSummary | undefined;
      if (!(await step.run(async () => (order = await send<OrderSummary>('/api/work-orders/report', report)))) || !order) return;
      forget('new/place', 'new/address', 'new/description', 'new/crew', 'new/saidBy', 'new/fixed');
      onDone();
      select({ kind: 'order', id: order.id });
      return;
    }
    const attributes = Object.fromEntries(asked.map((a) => [a.code, answerTo(a.code).value]).filter(([, answer]) => answer));
    let made: RequestSummary | undefined;
    const worked = await step.run(async () => {
      made = await send<RequestSummary>('/api/requests', {
        service: service.value, ...at, description: description.value.trim() || null, reportedAddress: address.value.trim() || nameOf(place.value) || null, attributes,
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
      {may('orders.write') && <Tick label={w.fixedAlready} text={fixed} />}
      {isTicked(fixed) && (
        <>
          <Field label={w.crew} error={wrong.crew ?? ''}>
            {(tie) => (
              <Choice {...tie} text={crew} required>
                <option value="" />
                {crews.value.map((c) => <option key={c.id} value={c.id}>{c.name}</option>)}
              </Choice>
            )}
          </Field>
          <Field label={w.radioWho} error={wrong.saidBy ?? ''}>{(tie) => <Line {...tie} text={saidBy} required maxLength={64} autocomplete="off" />}</Field>
        </>
      )}
      <Field label={w.saidAddress} wide error={wrong.reportedAddress ?? ''}>{(tie) => <Line {...tie} text={address} maxLength={400} />}</Field>
      {!isTicked(fixed) && asked.map((a) => (
        <Field key={a.code} label={said(a.description, a.descriptions)} wide hint={said(a.hint, a.hints)} error={wrong[`attributes.${a.code}`] ?? ''}>
          {(tie) =>
            a.values.length > 0 ? (
              <Choice {...tie} text={answerTo(a.code)} required={a.required}>
                <option value="" />
                {a.values.map((v) => <option key={v.key} value={v.key}>{said(v.name, v.names)}</option>)}
              </Choice>
            ) : <Line {...tie} text={answerTo(a.code)} required={a.required} />}
        </Field>
      ))}
      <Field label={w.description} wide error={wrong.description ?? ''}>{(tie) => <Area {...tie} text={description} maxLength={4000} />}</Field>
      <button type="submit" class="primary wide" disabled={step.busy.value}><Icon name="plus" size={16} /> {isTicked(fixed) ? w.radioSave : w.newRequest}</button>
      <Problem step={step} />
    </form>
  );
}
