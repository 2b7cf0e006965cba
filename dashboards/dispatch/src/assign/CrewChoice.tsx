import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Words } from '../../../shared/words/dispatch';
import { number } from '../../../shared/format/measure';
import { Icon } from '../../../shared/widgets/Icon';
import { locale, words } from '../app/preferences';
import { districtName, serviceName } from '../app/catalogue';
import { shiftWord } from '../app/states';
import { type Candidate, candidatesFor, type Reason, saidReasons } from './candidates';

interface CrewChoiceProps {
  requests: readonly string[];
  order?: string | undefined;
  /** The crew that has it now. */
  has?: string | null | undefined;
  busy: boolean;
  onChoose: (crew: { id: string; name: string }) => void;
  /** Crews that cannot take it are not offered. */
  onlyAble?: boolean;
  /** The best one gets the keys as soon as it is known. */
  takesKeys?: boolean;
}

/** The crews, the best first, each with its reasons. The order stays as it was offered: a list that moves under the hand sends the wrong crew. */
export function CrewChoice({ requests, order, has, busy, onChoose, onlyAble, takesKeys }: CrewChoiceProps) {
  const w = words.value;
  const found = useSignal<Candidate[] | null>(null);
  const problem = useSignal('');
  const over = useSignal('');
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    candidatesFor(requests, order).then((items) => (found.value = items), (e: Error) => (problem.value = e.message));
  }, []);
  useEffect(() => {
    if (takesKeys && found.value) list.current?.querySelector<HTMLElement>('button:enabled')?.focus();
  }, [found.value]);
  if (found.value === null) return <p class="hint">{problem.value ? w.failed(problem.value) : w.loading}</p>;
  const able = found.value.filter((c) => c.can);
  const rest = onlyAble ? [] : found.value.filter((c) => !c.can);
  const line = (c: Candidate, best: boolean) => (
    <li key={c.crew}>
      <button
        type="button" class={`crew-option${over.value === c.crew ? ' over' : ''}${c.can ? '' : ' unable'}`} disabled={busy || c.crew === has}
        onClick={() => onChoose({ id: c.crew, name: c.name })}
        onDragOver={(e) => {
          e.preventDefault();
          over.value = c.crew;
        }}
        onDragLeave={() => (over.value = '')}
        onDrop={(e) => {
          e.preventDefault();
          onChoose({ id: c.crew, name: c.name });
        }}
      >
        <b>{c.name}</b>
        {best && <span class="best">{w.bestCrew}</span>}
        <span class="load">{c.capacity ? w.loadOf(c.load, c.capacity) : w.crewLoad(c.load)}</span>
        <span class="reasons-line">
          {c.reasons.length === 0 && <span>{shiftWord(w, c.shift)}</span>}
          {saidReasons(c.reasons).map((r) => <ReasonMark key={r.code} reason={r} candidate={c} />)}
        </span>
      </button>
    </li>
  );
  return (
    <>
      <p class="hint">{able.length > 0 ? w.chooseCrew : w.noCrewOnShift}</p>
      <ul ref={list}>{able.map((c, i) => line(c, i === 0 && c.reasons.length > 0))}</ul>
      {rest.length > 0 && (
        <details>
          <summary>{w.otherCrews(rest.length)}</summary>
          <ul>{rest.map((c) => line(c, false))}</ul>
        </details>
      )}
    </>
  );
}

function ReasonMark({ reason: r, candidate: c }: { reason: Reason; candidate: Candidate }) {
  const w = words.value;
  return (
    <span class={r.known === false ? 'unknown' : r.ok ? 'ok' : 'not'}>
      <Icon name={r.known === false ? 'minus' : r.ok ? 'check' : 'cross'} size={12} />
      {r.known !== false && <span class="unseen">{r.ok ? w.supports : w.contradicts} </span>}
      {reasonWord(w, r, c)}
    </span>
  );
}

export function reasonWord(w: Words, r: Reason, c: Pick<Candidate, 'shift' | 'hoursLeft' | 'load' | 'capacity' | 'travelMinutes' | 'travelBy'>): string {
  const said = r.values.join(', ');
  if (r.known === false) return r.code === 'equipment' ? w.reasonUnknownEquipment(said) : r.code === 'skills' ? w.reasonUnknownSkills : `${said || r.code}: ?`;
  switch (r.code) {
    case 'skills': return r.ok ? w.reasonSkills : w.reasonNoSkills(r.values.map(serviceName).join(', '));
    case 'equipment': return r.ok ? w.reasonEquipment : w.reasonNoEquipment(said);
    case 'area': return r.ok ? w.reasonArea(r.values.map(districtName).join(', ')) : w.reasonOtherArea;
    case 'contractor': return r.ok ? w.reasonContractor : w.reasonOtherContractor;
    case 'shift': return shiftWord(w, c.shift);
    case 'hours': return c.hoursLeft === null ? said : w.reasonHours(number(locale.value, c.hoursLeft, 1));
    case 'load': return c.capacity ? w.loadOf(c.load, c.capacity) : w.crewLoad(c.load);
    case 'travel': return c.travelMinutes === null ? w.reasonNoPlace : c.travelBy === 'streets' ? w.reasonTravel(Math.round(c.travelMinutes)) : w.reasonFlight(Math.round(c.travelMinutes));
    default: return said || r.code;
  }
}
