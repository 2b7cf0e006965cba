import { useSignal } from '@preact/signals';
import { moment } from '../../../shared/format/time';
import { Chip } from '../../../shared/widgets/Chip';
import { send } from '../app/api';
import { draft } from '../app/drafts';
import { Empty } from '../app/Empty';
import { usePolled } from '../app/polled';
import { locale, words } from '../app/preferences';
import { select } from '../app/selection';
import { mapInfo, may } from '../app/session';
import { hubNow } from '../feed/city';
import type { CityPush } from '../feed/shapes';

const EVERY_MS = 10_000;

/** What should be at the city's 311 system and is not, or may not be: a person decides. */
export function CityList() {
  const w = words.value;
  const unknown = usePolled<{ items: CityPush[] }>('/api/city/pushes?state=outcome-unknown', EVERY_MS);
  const failed = usePolled<{ items: CityPush[] }>('/api/city/pushes?state=failed', EVERY_MS);
  const items = [...(unknown.value.value?.items ?? []), ...(failed.value.value?.items ?? [])];
  const problem = unknown.problem.value || failed.problem.value;
  const asked = unknown.value.value !== null && failed.value.value !== null;
  return (
    <>
      <header class="list-head">
        <h2>{w.city}</h2>
        {asked && <span class="count-pill">{items.length}</span>}
      </header>
      <p class="list-hint">{w.cityHint}</p>
      <CityState />
      {problem && <p class="problem" role="alert">{w.failed(problem)}</p>}
      {!asked && !problem && <Empty icon="sent" text={w.loading} />}
      {asked && items.length === 0 && <Empty icon="check" text={w.cityNone} hint={w.cityNoneHint} />}
      <ul class="plain-list" aria-label={w.city}>
        {items.map((p) => <PushRow key={p.id} push={p} />)}
      </ul>
    </>
  );
}

interface CityHealth {
  name: string;
  lastPushAt: string | null;
  lastPullAt: string | null;
  fault: string | null;
  pausedUntil: string | null;
}

/** Whether the two sides hear each other. A hub without a city on the other end says nothing. */
function CityState() {
  const w = words.value;
  const { value } = usePolled<CityHealth>('/api/city', EVERY_MS);
  const c = value.value;
  if (!c?.name) return null;
  const at = (iso: string | null) => (iso ? moment(locale.value, Date.parse(iso), hubNow(), mapInfo.value?.timeZone) : '–');
  return (
    <div class="city-state">
      <p><b>{c.name}</b> <Chip color={c.fault ? 'var(--late)' : c.pausedUntil ? 'var(--soon)' : 'var(--good)'}>{c.fault ? w.cityFault : c.pausedUntil ? w.cityPaused(at(c.pausedUntil)) : w.cityWell}</Chip></p>
      {c.fault && <p class="hint">{c.fault}</p>}
      <p class="hint">{w.cityTimes(at(c.lastPushAt), at(c.lastPullAt))}</p>
    </div>
  );
}

function PushRow({ push: p0 }: { push: CityPush }) {
  const w = words.value;
  const changed = useSignal<CityPush | null>(null);
  const remote = draft(`push/${p0.id}`);
  const problem = useSignal('');
  const p = changed.value ?? p0;
  const act = async (path: string, body: unknown) => {
    problem.value = '';
    try {
      changed.value = await send<CityPush>(`/api/city/pushes/${encodeURIComponent(p.id)}/${path}`, body);
    } catch (e) {
      problem.value = (e as Error).message;
    }
  };
  return (
    <li class="push-row">
      <p>
        <button type="button" class="link" onClick={() => select({ kind: 'request', id: p.request })}>{p.request}</button>{' '}
        <Chip color={p.state === 'outcome-unknown' ? 'var(--soon)' : p.state === 'failed' ? 'var(--late)' : 'var(--good)'}>
          {p.state === 'outcome-unknown' ? w.pushUnknown : p.state === 'failed' ? w.pushFailed : p.state === 'delivered' ? w.pushDelivered : p.state === 'given-up' ? w.pushGivenUp : w.pushWaiting}
        </Chip>{' '}
        <time class="hint">{moment(locale.value, Date.parse(p.updatedAt), hubNow(), mapInfo.value?.timeZone)}</time>
      </p>
      {p.cause && <p class="hint">{p.cause}</p>}
      {p.state === 'outcome-unknown' && <p class="hint">{w.pushMarker(p.marker)}</p>}
      {may('city.write') && p.choices.length > 0 && (
        <div class="referral-buttons">
          {p.choices.includes('retry') && <button type="button" class="secondary" onClick={() => void act('retry', {})}>{w.tryAgain}</button>}
          {p.choices.includes('there') && (
            <>
              <input value={remote.value} maxLength={200} placeholder={w.pushRemote} aria-label={w.pushRemote} onInput={(e) => (remote.value = e.currentTarget.value)} />
              <button type="button" class="secondary" disabled={remote.value.trim() === ''} onClick={() => void act('settle', { decision: 'there', remote: remote.value })}>{w.pushThere}</button>
            </>
          )}
          {p.choices.includes('send-again') && <button type="button" class="secondary" onClick={() => void act('settle', { decision: 'send-again' })}>{w.pushSendAgain}</button>}
          {p.choices.includes('give-up') && <button type="button" class="secondary" onClick={() => void act('settle', { decision: 'give-up' })}>{w.pushGiveUp}</button>}
        </div>
      )}
      {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
    </li>
  );
}
