import { useEffect } from 'preact/hooks';
import { megabytes, number } from '../../../shared/format/measure';
import { duration, moment } from '../../../shared/format/time';
import { Chip } from '../../../shared/widgets/Chip';
import { Icon } from '../../../shared/widgets/Icon';
import { Empty } from '../app/Empty';
import { locale, words } from '../app/preferences';
import { budgetText, heard } from '../app/receipt';
import { select, selection } from '../app/selection';
import { mapInfo } from '../app/session';
import { crewById, hubNow, unitById } from '../feed/city';
import type { UnsentUnit } from '../feed/shapes';
import { unsent, unsentProblem, watchUnsent } from '../feed/waiting';
import { selectUnit } from './UnitList';

/** Vehicles with crew actions that are not at city hall, the longest waiting first. */
export function UnsentList() {
  const w = words.value;
  const answer = unsent.value;
  const problem = unsentProblem.value;
  useEffect(watchUnsent, []);
  const empty = answer !== null && answer.items.length + answer.silent.length + answer.files.length === 0;
  return (
    <>
      <header class="list-head">
        <h2>{w.unsentTitle}</h2>
        {answer && <span class="count-pill">{number(locale.value, answer.items.length + answer.silent.length)}</span>}
      </header>
      <p class="list-hint">{w.unsentHint}</p>
      {problem && <p class="problem" role="alert">{w.failed(problem)}</p>}
      {answer === null && !problem && <Empty icon="upload" text={w.loading} />}
      {empty && <Empty icon="check" text={w.unsentNone} hint={w.unsentNoneHint} />}
      <div class="plain-list">
        {answer && <Group title={w.unsentHolding} units={answer.items} />}
        {answer && <Group title={w.unsentSilent} hint={w.unsentSilentHint} units={answer.silent} />}
        {answer && <Group title={w.unsentFiles} units={answer.files} />}
      </div>
    </>
  );
}

function Group({ title, hint, units }: { title: string; hint?: string; units: UnsentUnit[] }) {
  if (units.length === 0) return null;
  return (
    <section class="unsent-group">
      <h3>{title}</h3>
      {hint && <p class="hint">{hint}</p>}
      <ul aria-label={title}>
        {units.map((u) => <UnsentRow key={u.id} unit={u} />)}
      </ul>
    </section>
  );
}

function UnsentRow({ unit: u }: { unit: UnsentUnit }) {
  const w = words.value;
  const zone = mapInfo.value?.timeZone;
  const now = hubNow();
  const oldest = u.oldest ? Date.parse(u.oldest) : null;
  const chosen = selection.value;
  const open = () => {
    const unit = unitById.value.get(u.id);
    if (unit) selectUnit(unit);
    else select({ kind: 'unit', id: u.id });
  };
  const crew = u.crew ? crewById.value.get(u.crew)?.name : undefined;
  return (
    <li class={chosen?.id === u.id || (u.shift !== null && chosen?.id === u.shift) ? 'unsent-row selected' : 'unsent-row'}>
      <button type="button" class="unsent-main" onClick={open}>
        <span class="unsent-top">
          <b>{u.name}</b>
          <Chip color={u.online ? 'var(--good)' : 'var(--unit-offline)'}>{u.online ? w.stateOnline : w.stateOffline}</Chip>
        </span>
        {u.unsentActions > 0 && (
          <span class="unsent-what">
            <strong>{w.unsentActions(u.unsentActions)}</strong>
            {oldest !== null && <>, {w.unsentOldest(moment(locale.value, oldest, now, zone), w.ago(duration(now - oldest)))}</>}
          </span>
        )}
        {crew && <span class="unsent-line"><Icon name="crew" size={14} /> {crew}</span>}
        {u.unsentFileBytes > 0 && <span class="unsent-line"><Icon name="picture" size={14} /> {w.filesWaiting(megabytes(locale.value, u.unsentFileBytes))}</span>}
        <span class="unsent-line">
          <Icon name="sensor" size={14} /> {heard(w, locale.value, u.lastHeard, now, zone)}
          {!u.online && u.lastHeard && `, ${w.ago(duration(now - Date.parse(u.lastHeard)))}`}
        </span>
        {u.offline && (
          <span class="unsent-line" title={w.daysLeftHint}>
            <Icon name="clock" size={14} /> {budgetText(w, locale.value, u.offline)}
          </span>
        )}
      </button>
      {u.shift && (
        <button type="button" class="link" onClick={() => select({ kind: 'shift', id: u.shift ?? '' })}>
          <Icon name="receipt" size={14} /> {w.shiftReceipt}
          <span class="unseen"> {u.name}</span>
        </button>
      )}
    </li>
  );
}
