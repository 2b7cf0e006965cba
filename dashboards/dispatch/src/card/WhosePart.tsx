import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { moment } from '../../../shared/format/time';
import { Chip } from '../../../shared/widgets/Chip';
import { ask, send } from '../app/api';
import { draft, forget } from '../app/drafts';
import { locale, words } from '../app/preferences';
import { mapInfo, may } from '../app/session';
import { hubNow } from '../feed/city';
import type { Party, Referral, RequestSummary, Whose } from '../feed/shapes';

/** Who answers for a request: the city, a contractor, another agency, a private owner, or nobody knows yet. */
export function WhosePart({ request: r }: { request: RequestSummary }) {
  const w = words.value;
  const whose = useSignal<Whose | null>(null);
  const parties = useSignal<Party[] | null>(null);
  const problem = useSignal('');
  const again = useSignal(0);
  const why = draft(`whose/${r.number}`);
  const to = draft(`whose/${r.number}/to`);
  const path = `/api/requests/${encodeURIComponent(r.number)}/responsibility`;
  useEffect(() => {
    // Nobody looked yet: they do as soon as the request is open.
    if (!r.responsible) return;
    const stop = new AbortController();
    ask<Whose>(path, { signal: stop.signal }).then((answer) => (whose.value = answer)).catch(() => undefined);
    return () => stop.abort();
  }, [r.number, r.responsible, again.value]);
  const change = async (address: string, body: unknown, method: string) => {
    problem.value = '';
    try {
      await send(address, body, method);
      parties.value = null;
      forget(`whose/${r.number}`, `whose/${r.number}/to`);
      again.value++;
    } catch (e) {
      problem.value = (e as Error).message;
    }
  };
  const d = whose.value;
  if (!d || !r.responsible) return null;
  const open = d.referrals.filter((f) => !f.answeredAt);
  const choose = async () => {
    parties.value = (await ask<{ items: Party[] }>('/api/parties')).items;
  };
  return (
    <section class="card-part whose-part">
      <h3>{w.whose}</h3>
      <p>
        <Chip color={d.outcome === 'triage' ? 'var(--soon)' : d.outcome === 'own-crew' ? 'var(--good)' : 'var(--accent)'}>{outcomeWord(d, w)}</Chip>
        <span class="hint"> {d.byRule ? d.because : `${d.because} (${d.decidedBy})`}</span>
      </p>
      {open.map((f) => <ReferralLine key={f.id} referral={f} name={d.partyName} onChange={(body) => void change(`/api/referrals/${encodeURIComponent(f.id)}`, body, 'POST')} />)}
      {may('requests.write') && r.status === 'open' && (
        parties.value === null ? <button type="button" class="link" onClick={() => void choose()}>{d.outcome === 'triage' ? w.whoseDecide : w.whoseChange}</button> : (
          <form
            class="whose-form"
            onSubmit={(event) => {
              event.preventDefault();
              const chosen = to.value || (parties.value?.[0]?.id ?? '=triage');
              const because = why.value.trim();
              void change(path, chosen.startsWith('=') ? { outcome: chosen.slice(1), because } : { party: chosen, because }, 'PUT');
            }}
          >
            <select aria-label={w.whose} value={to.value || parties.value[0]?.id} onChange={(e) => (to.value = e.currentTarget.value)}>
              {parties.value.map((p) => <option key={p.id} value={p.id}>{p.name}</option>)}
              <option value="=private">{w.outcomePrivate}</option>
              <option value="=triage">{w.outcomeTriage}</option>
            </select>
            <input value={why.value} onInput={(e) => (why.value = e.currentTarget.value)} required maxLength={1000} placeholder={w.whoseBecause} aria-label={w.whoseBecause} />
            <button type="submit" class="secondary">{w.save}</button>
          </form>
        )
      )}
      {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
    </section>
  );
}

type W = typeof words.value;

function outcomeWord(d: Whose, w: W): string {
  if (d.outcome === 'private') return w.outcomePrivate;
  if (d.outcome === 'triage') return w.outcomeTriage;
  return d.partyName ?? d.party ?? d.outcome;
}

function ReferralLine({ referral: f, name, onChange }: { referral: Referral; name: string | null; onChange: (body: unknown) => void }) {
  const w = words.value;
  const zone = mapInfo.value?.timeZone;
  const at = (iso: string) => moment(locale.value, Date.parse(iso), hubNow(), zone);
  const reference = draft(`referral/${f.id}`, f.reference ?? '');
  const notice = f.kind === 'notice';
  const late = Date.parse(f.chaseAt) < hubNow();
  return (
    <div class="referral">
      <p class="hint">
        {f.sentAt ? w.referralSent(at(f.sentAt)) : notice ? w.noticeDue : w.referralDue(name ?? '')}
        {f.reference && ` · ${f.reference}`}
        {f.sentAt && !notice && <span class={late ? 'late-text' : ''}> · {w.referralChase(at(f.chaseAt))}</span>}
      </p>
      {may('requests.write') && (
        <div class="referral-buttons">
          {!notice && <input value={reference.value} maxLength={100} placeholder={w.referralReference} aria-label={w.referralReference} onInput={(e) => (reference.value = e.currentTarget.value)} />}
          {!f.sentAt && !notice && <button type="button" class="secondary" onClick={() => onChange({ sent: true, reference: reference.value || null })}>{w.referralMarkSent}</button>}
          <button type="button" class="secondary" onClick={() => onChange({ answer: 'done', reference: reference.value || null })}>{notice ? w.noticeTold : w.referralDone}</button>
          {!notice && <button type="button" class="secondary" onClick={() => onChange({ answer: 'refused', reference: reference.value || null })}>{w.referralRefused}</button>}
        </div>
      )}
    </div>
  );
}
