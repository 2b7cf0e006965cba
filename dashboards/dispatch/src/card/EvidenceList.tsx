import type { Words } from '../../../shared/words/dispatch';
import { number, percent } from '../../../shared/format/measure';
import { moment } from '../../../shared/format/time';
import { Icon } from '../../../shared/widgets/Icon';
import { Sparkline } from '../../../shared/widgets/Sparkline';
import { locale, words } from '../app/preferences';
import { mapInfo } from '../app/session';
import { hubNow, unitById } from '../feed/city';
import type { Observation } from '../feed/shapes';

/** Drawn at first; the rest unfolds. */
const SHOWN = 6;

export function EvidenceList({ evidence }: { evidence: readonly Observation[] }) {
  const w = words.value;
  const supporting = evidence.filter((e) => vote(e) === 'for').length;
  const against = evidence.filter((e) => vote(e) === 'against').length;
  const newest = shownFirst(evidence);
  return (
    <section class="card-part">
      <h3>
        {w.evidence}
        {supporting > 0 && <span class="tally">{w.evidenceFor(supporting)}</span>}
        {against > 0 && <span class="tally not">{w.evidenceAgainst(against)}</span>}
      </h3>
      {evidence.length === 0 && <p class="hint">{w.noEvidence}</p>}
      <ul>
        {newest.slice(0, SHOWN).map((e) => <ObservationItem key={e.key} observation={e} />)}
      </ul>
      {newest.length > SHOWN && (
        <details>
          <summary>{w.moreEvidence(newest.length - SHOWN)}</summary>
          <ul>{newest.slice(SHOWN).map((e) => <ObservationItem key={e.key} observation={e} />)}</ul>
        </details>
      )}
    </section>
  );
}

/** The newest of what decides, some of both ways where there are both; then the rest by time. */
function shownFirst(evidence: readonly Observation[]): Observation[] {
  const byTime = [...evidence].sort((a, b) => timeOf(b) - timeOf(a));
  const way = (which: string) => byTime.filter((e) => vote(e) === which);
  const [pro, contra] = [way('for'), way('against')];
  const half = SHOWN / 2;
  const first = new Set([...pro.slice(0, Math.max(half, SHOWN - contra.length)), ...contra.slice(0, Math.max(half, SHOWN - pro.length))]);
  const rank = (e: Observation) => (first.has(e) ? 0 : vote(e) === 'neither' ? 2 : 1);
  return byTime.sort((a, b) => rank(a) - rank(b));
}

/** Which way a pass speaks; one that could not tell or was not counted speaks neither way. */
function vote(e: Observation): 'for' | 'against' | 'neither' {
  if (e.counted === false || e.verdict === 'unclear') return 'neither';
  return e.supports ? 'for' : 'against';
}

const timeOf = (e: Observation) => Date.parse(e.fixTime ?? e.deviceTime ?? '') || 0;

export function ObservationItem({ observation: e, plain }: { observation: Observation; plain?: boolean }) {
  const w = words.value;
  const at = timeOf(e);
  const way = plain ? 'neither' : vote(e);
  const unit = e.vehicle ? (unitById.value.get(e.vehicle)?.name ?? e.vehicle) : '';
  return (
    <li class={`observation ${way}`}>
      <div class="observation-head">
        {way !== 'neither' && (
          <span class="verdict-mark" title={way === 'for' ? w.supports : w.contradicts}>
            <Icon name={way === 'for' ? 'check' : 'cross'} size={13} />
            <span class="unseen">{way === 'for' ? w.supports : w.contradicts}</span>
          </span>
        )}
        <b>{verdictWord(w, e)}</b>
        <time>{at ? moment(locale.value, at, hubNow(), mapInfo.value?.timeZone) : ''}</time>
      </div>
      <Drawing observation={e} />
      <p class="observation-detail">{[unit, measured(w, e), sure(w, e), e.counted === false ? w.notCounted : ''].filter(Boolean).join(' · ')}</p>
    </li>
  );
}

function Drawing({ observation: e }: { observation: Observation }) {
  const w = words.value;
  if (e.curve && e.curve.length > 1)
    return (
      <Sparkline
        values={e.curve.map((v) => v / 10)} label={w.luxCurve} color="var(--lamp-lit)" level={e.expectedLux ?? null} height={40}
      />
    );
  if (e.trace && e.trace.length > 1)
    return <Sparkline values={e.trace.map((v) => v / 100)} label={w.shockTrace} color="var(--unit-sensing)" centred height={44} />;
  return null;
}

function measured(w: Words, e: Observation): string {
  if (e.peakLux !== undefined && e.peakLux !== null) {
    const got = number(locale.value, e.peakLux, 1);
    return e.expectedLux ? w.luxPeak(got, number(locale.value, e.expectedLux, 1)) : w.luxOnly(got);
  }
  if (e.roughnessMPerKm) return w.roughness(`≈ ${number(locale.value, e.roughnessMPerKm, 1)}`);
  if (e.peakMps2) return w.shockPeak(number(locale.value, e.peakMps2, 1));
  return '';
}

const sure = (w: Words, e: Observation) => {
  const share = e.confidence;
  return share !== undefined && share <= 1 && share > 0 ? w.confidence(percent(locale.value, share)) : '';
};

export function verdictWord(w: Words, e: Observation): string {
  const verdict = e.verdict ?? '';
  const named: Record<string, string> = {
    dark: w.evLampDark, lit: w.evLampLit, unclear: w.evLampUnclear, pothole: w.evPothole, hump: w.evHump,
    casting: w.evCasting, joint: w.evJoint, smooth: w.evSmooth, none: w.evSmooth, passed: w.evSmooth,
  };
  return named[verdict] ?? (e.kind === 'shock' ? w.evShock : e.kind === 'roughness' ? w.evRough : verdict);
}
