import { duration, urgency } from '../../../shared/format/time';
import { Chip, PriorityChip } from '../../../shared/widgets/Chip';
import { Icon, type IconName } from '../../../shared/widgets/Icon';
import { words } from '../app/preferences';
import { needsSomebody, serviceIcon, sourceShort, stageWord, sourceWord, titleOf } from '../app/states';
import { beat } from '../feed/city';
import type { RequestSummary } from '../feed/shapes';
import { targetMs } from './queue-filter';

/** What is left until a target date, with a sign of its own where it is late or near. */
export function Target({ at, closed }: { at: string | null; closed?: boolean }) {
  const w = words.value;
  const target = targetMs({ targetAt: at });
  if (target === null) return <span class="target none">{w.noTarget}</span>;
  if (closed) return null;
  const now = beat.value;
  const state = urgency(target, now);
  return (
    <span class={`target ${state}`}>
      {state === 'late' && <Icon name="warning" size={13} />}
      {state === 'soon' && <Icon name="clock" size={13} />}
      {state === 'late' ? w.overdueBy(duration(now - target)) : w.dueIn(duration(target - now))}
    </span>
  );
}

export function RequestRow({ request: r }: { request: RequestSummary }) {
  const w = words.value;
  return (
    <div class="request-row">
      <PriorityChip priority={r.priority} title={w.priority(r.priority)} />
      <span class="row-title">
        <Icon name={serviceIcon(r.service)} size={15} />
        <b>{titleOf(w, r)}</b>
      </span>
      <Target at={r.targetAt} closed={r.status !== 'open'} />
      <span class="row-address">{r.address ?? r.number}</span>
      <div class="row-foot">
        <span class="row-source" title={sourceWord(w, r.source)}>
          <Icon name={r.source === 'sensor' ? 'sensor' : r.source === 'crew' ? 'crew' : 'person'} size={12} />
          <span class="unseen">{sourceShort(w, r.source)}</span>
          <span class="row-number">{r.number}</span>
          <Votes count={r.evidenceFor} icon="check" text={w.evidenceFor(r.evidenceFor)} />
          <Votes count={r.evidenceAgainst} icon="cross" text={w.evidenceAgainst(r.evidenceAgainst)} />
        </span>
        <span class={`row-crew${r.crew ? '' : ' none'}`}>
          {r.crew ? <Icon name="crew" size={13} /> : null}
          {!r.crew && needsSomebody(r.stage) ? <Chip color="var(--soon)">{stageWord(w, r.stage)}</Chip> : <span>{r.crew ?? w.unassigned}</span>}
        </span>
      </div>
    </div>
  );
}

/** How many observations speak for or against. */
function Votes({ count, icon, text }: { count: number; icon: IconName; text: string }) {
  if (count === 0) return null;
  return (
    <span class={`votes ${icon}`} title={text}>
      <Icon name={icon} size={12} />
      <span aria-hidden="true">{count}</span>
      <span class="unseen">{text}</span>
    </span>
  );
}
