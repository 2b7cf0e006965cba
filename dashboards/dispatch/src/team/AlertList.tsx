import { duration, moment } from '../../../shared/format/time';
import { Chip, PriorityChip } from '../../../shared/widgets/Chip';
import { Icon } from '../../../shared/widgets/Icon';
import { at, send } from '../app/api';
import { departmentName } from '../app/catalogue';
import { Empty } from '../app/Empty';
import { Problem, useStep } from '../app/form';
import { locale, words } from '../app/preferences';
import { flyTo, select, selection } from '../app/selection';
import { mapInfo, may } from '../app/session';
import { orderWord, titleOf } from '../app/states';
import { beat, crewAlerts, hubNow, requestByNumber } from '../feed/city';
import type { OrderSummary, TargetAlert } from '../feed/shapes';
import { alertProblem, emergencies, takenOn, targetAlerts } from '../feed/standing';
import { EmergencyMark } from '../card/Emergency';

/** What needs somebody's eye: emergencies first, then target dates, the worst first. */
export function AlertList() {
  const w = words.value;
  const urgent = [...emergencies.value].sort((a, b) => Number(b.mustAcknowledge ?? false) - Number(a.mustAcknowledge ?? false));
  const rank: Record<string, number> = { escalation: 0, breach: 1, warning: 2 };
  const targets = [...targetAlerts.value].sort((a, b) => (rank[a.kind] ?? 3) - (rank[b.kind] ?? 3) || a.priority - b.priority || Date.parse(b.at) - Date.parse(a.at));
  return (
    <>
      <header class="list-head">
        <h2>{w.navAlerts}</h2>
        <span class="count-pill">{crewAlerts.value.length + urgent.length + targets.length}</span>
      </header>
      {alertProblem.value && <p class="problem" role="alert">{w.failed(alertProblem.value)}</p>}
      <div class="plain-list">
        {urgent.length > 0 && (
          <section class="group">
            <h3>{w.emergencies}</h3>
            <ul>{urgent.map((o) => <EmergencyRow key={o.id} order={o} />)}</ul>
          </section>
        )}
        {targets.length > 0 && (
          <section class="group">
            <h3>{w.targetAlerts}</h3>
            <ul>{targets.map((a) => <TargetRow key={a.id} alert={a} />)}</ul>
          </section>
        )}
        {urgent.length + targets.length + crewAlerts.value.length === 0 && <Empty icon="check" text={w.noAlerts} hint={w.noAlertsHint} />}
      </div>
    </>
  );
}

function EmergencyRow({ order: o }: { order: OrderSummary }) {
  const w = words.value;
  return (
    <li class={`card-row${selection.value?.id === o.id ? ' selected' : ''}`}>
      <button
        type="button" class="row-main"
        onClick={() => {
          select({ kind: 'order', id: o.id });
          flyTo.value = { lat: o.lat, lon: o.lon };
        }}
      >
        <b>{titleOf(w, o)}</b> <EmergencyMark order={o} />
        <span>{[o.address, o.crewName ?? w.unassigned, orderWord(w, o.state)].filter(Boolean).join(' · ')}</span>
        <span class="quiet">{o.number} · {w.ago(duration(Math.max(0, beat.value - Date.parse(o.updatedAt))))}</span>
      </button>
    </li>
  );
}

function TargetRow({ alert: a }: { alert: TargetAlert }) {
  const w = words.value;
  const step = useStep();
  const request = requestByNumber.value.get(a.request);
  const kind = { warning: w.alertWarning(a.percent), breach: w.alertBreach, escalation: w.alertEscalation(a.percent) }[a.kind] ?? a.kind;
  const color = a.kind === 'warning' ? 'var(--soon)' : 'var(--late)';
  return (
    <li class={`card-row${selection.value?.id === a.request ? ' selected' : ''}`}>
      <button
        type="button" class="row-main"
        onClick={() => {
          select({ kind: 'request', id: a.request });
          if (request) flyTo.value = { lat: request.lat, lon: request.lon };
        }}
      >
        <PriorityChip priority={a.priority} title={w.priority(a.priority)} />
        <b>{request ? titleOf(w, request) : (a.title ?? a.request)}</b>
        <Chip color={color}>{kind}</Chip>
        <span>{[a.address, a.department && departmentName(a.department)].filter(Boolean).join(' · ')}</span>
        <span class="quiet">
          {a.request}{a.targetAt && ` · ${w.targetDate} ${moment(locale.value, Date.parse(a.targetAt), hubNow(), mapInfo.value?.timeZone)}`}
        </span>
      </button>
      {may('requests.write') && (
        <button type="button" class="link row-step" disabled={step.busy.value} onClick={() => void step.run(async () => {
          await send(at('requests', 'alerts', a.id, 'acknowledge'), {});
          takenOn(a.id);
        })}>
          <Icon name="seen" size={14} /> {w.acknowledge}<span class="unseen"> {a.request}</span>
        </button>
      )}
      <Problem step={step} />
    </li>
  );
}
