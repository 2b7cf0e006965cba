import { useSignal } from '@preact/signals';
import { atWall } from '../../../shared/format/time';
import { Chip } from '../../../shared/widgets/Chip';
import { Icon } from '../../../shared/widgets/Icon';
import { at, send } from '../app/api';
import { draft, forget } from '../app/drafts';
import { Choice, Field, Line, Problem, useStep } from '../app/form';
import { newId } from '../app/ids';
import { words } from '../app/preferences';
import { select } from '../app/selection';
import { mapInfo, may } from '../app/session';
import { orderColor, orderWord, shiftWord, titleOf } from '../app/states';
import { units } from '../feed/city';
import type { CrewSummary, OrderSummary } from '../feed/shapes';
import type { CrewFigures } from './crew-figures';
import { CrewProfile } from './CrewProfile';
import { printSheet } from './RouteSheet';

/** What a supervisor can do with a crew: see its orders, print its day, say by radio where it stands. */
export function CrewSteps({ crew: c, figures: f }: { crew: CrewSummary; figures: CrewFigures | undefined }) {
  const w = words.value;
  const radio = useSignal(false);
  const facts = useSignal(false);
  const list = (title: string, orders: readonly OrderSummary[]) => orders.length > 0 && (
    <section>
      <h3>{title}</h3>
      <ul>
        {orders.map((o) => (
          <li key={o.id}>
            <button type="button" class="link" onClick={() => select({ kind: 'order', id: o.id })}>{o.number}</button> {titleOf(w, o)}, {o.address ?? '–'}{' '}
            <Chip color={orderColor(o.state)}>{orderWord(w, o.state)}</Chip> {o.reason && <span class="hint">{o.reason}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
  return (
    <div>
      <p class="row-buttons">
        <button type="button" class="secondary small" disabled={!f || f.todo.length === 0} onClick={() => f && printSheet({ crew: c, orders: f.todo })}><Icon name="print" size={15} /> {w.routeSheet}</button>
        {may('orders.write') && <button type="button" class="secondary small" aria-expanded={radio.value} onClick={() => (radio.value = !radio.value)}><Icon name="phone" size={15} /> {w.shiftByRadio}</button>}
        {may('crews.write') && <button type="button" class="secondary small" aria-expanded={facts.value} onClick={() => (facts.value = !facts.value)}><Icon name="pencil" size={15} /> {w.crewFacts}</button>}
      </p>
      {facts.value && <CrewProfile crew={c} onDone={() => (facts.value = false)} />}
      {radio.value && <ShiftByRadio crew={c} onDone={() => (radio.value = false)} />}
      {f && list(w.unfinished, f.hanging)}
      {f && list(w.tabReview, f.review)}
      {f && list(w.todo, f.todo)}
    </div>
  );
}

const STATES = ['on', 'break', 'callOut', 'off'] as const;

function ShiftByRadio({ crew: c, onDone }: { crew: CrewSummary; onDone: () => void }) {
  const w = words.value;
  const step = useStep(['state', 'saidBy', 'at', 'vehicle']);
  const name = (field: string) => `shift/${c.id}/${field}`;
  const [state, saidBy, when, vehicle] = [draft(name('state'), c.shift === 'off' ? 'on' : 'off'), draft(name('saidBy')), draft(name('at')), draft(name('vehicle'))];
  const id = useSignal(newId());
  const wrong = step.fields.value;
  return (
    <form
      class="form narrow"
      onSubmit={async (e) => {
        e.preventDefault();
        const said = {
          clientId: id.value, state: state.value, saidBy: saidBy.value.trim(), ...(vehicle.value ? { vehicle: vehicle.value } : {}),
          ...(when.value ? { at: new Date(atWall(when.value, mapInfo.value?.timeZone)).toISOString() } : {}),
        };
        if (!(await step.run(() => send(at('crews', c.id, 'status'), said)))) return;
        forget(...['state', 'saidBy', 'at', 'vehicle'].map(name));
        onDone();
      }}
    >
      <p class="hint wide">{w.radioHint}</p>
      <Field label={w.shift} error={wrong.state ?? ''}>{(tie) => <Choice {...tie} text={state}>{STATES.map((s) => <option key={s} value={s}>{shiftWord(w, s)}</option>)}</Choice>}</Field>
      <Field label={w.radioWho} error={wrong.saidBy ?? ''}>{(tie) => <Line {...tie} text={saidBy} required maxLength={64} autocomplete="off" />}</Field>
      <Field label={w.radioWhen} hint={w.radioNow} error={wrong.at ?? ''}>{(tie) => <Line {...tie} text={when} type="datetime-local" />}</Field>
      <Field label={w.unit} hint={w.radioUnit} error={wrong.vehicle ?? ''}>
        {(tie) => (
          <Choice {...tie} text={vehicle}>
            <option value="">–</option>
            {units.value.filter((u) => u.kind === 'crewed').map((u) => <option key={u.id} value={u.id}>{u.name}</option>)}
          </Choice>
        )}
      </Field>
      <button type="submit" class="primary wide" disabled={step.busy.value}>{w.radioSave}</button>
      <Problem step={step} />
    </form>
  );
}
