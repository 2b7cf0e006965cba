import { number } from '../../../shared/format/measure';
import { fullMoment } from '../../../shared/format/time';
import { Chip } from '../../../shared/widgets/Chip';
import { Icon } from '../../../shared/widgets/Icon';
import { Empty } from '../app/Empty';
import { usePolled } from '../app/polled';
import { locale, words } from '../app/preferences';
import { heard, receiptColor, receiptSentence, receiptWord, shareHere } from '../app/receipt';
import { select } from '../app/selection';
import { mapInfo, may, person } from '../app/session';
import { hubNow, unitById } from '../feed/city';
import type { ShiftOnUnit, ShiftReceipt } from '../feed/shapes';
import { CardHead } from './CardHead';
import { UnitRecords } from './UnitRecords';

const AGAIN_MS = 8_000;

/** How much of a shift is at city hall; also on paper. */
export function ShiftCard({ id }: { id: string }) {
  const w = words.value;
  const { value, problem, gone } = usePolled<ShiftReceipt>(`/api/shifts/${encodeURIComponent(id)}/receipt`, AGAIN_MS);
  const r = value.value;
  if (!r) return <Empty icon="receipt" text={gone.value ? w.notFound : problem.value || w.loading} hint={id} />;
  const zone = mapInfo.value?.timeZone;
  const now = hubNow();
  return (
    <>
      <div class="print-head">
        <b>{mapInfo.value?.city ?? mapInfo.value?.title ?? w.product}</b>
        <span>{w.printed(fullMoment(locale.value, now, zone), person.value?.name ?? '')}</span>
      </div>
      <CardHead
        icon="receipt" title={w.shiftReceipt} sub={r.crewName ?? r.crew ?? '–'}
        side={<Chip color={receiptColor(r)}>{receiptWord(w, r)}</Chip>}
      />
      <div class="card-body receipt">
        <p class="receipt-sentence">{receiptSentence(w, locale.value, r, now, zone)}</p>
        <dl class="facts">
          <dt>{w.shiftBegan}</dt><dd>{r.from ? fullMoment(locale.value, Date.parse(r.from), zone) : '–'}</dd>
          <dt>{w.shiftEnded}</dt><dd>{r.to ? fullMoment(locale.value, Date.parse(r.to), zone) : w.signedForNone}</dd>
        </dl>
        {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
        {r.vehicles.map((v) => <OnUnit key={v.vehicle} unit={v} />)}
        {may('vehicles.read') && r.vehicles.map((v) => <UnitRecords key={v.vehicle} id={v.vehicle} name={v.name} />)}
        <section class="card-part glossary">
          <h3>{w.glossary}</h3>
          <dl>
            <dt>{w.glossHere}</dt><dd>{w.glossHereText}</dd>
            <dt>{w.glossStill}</dt><dd>{w.glossStillText}</dd>
            <dt>{w.glossMissing}</dt><dd>{w.glossMissingText}</dd>
            <dt>{w.glossDropped}</dt><dd>{w.glossDroppedText}</dd>
          </dl>
        </section>
        <p class="hint receipt-id">{id}</p>
      </div>
      <footer class="card-foot">
        <button type="button" class="primary" onClick={() => print()}>
          <Icon name="print" size={17} /> {w.print}
        </button>
      </footer>
    </>
  );
}

function OnUnit({ unit: v }: { unit: ShiftOnUnit }) {
  const w = words.value;
  const share = shareHere(v);
  const count = (n: number) => number(locale.value, n);
  const known = unitById.value.has(v.vehicle);
  return (
    <section class="card-part receipt-unit">
      <h3>
        <Icon name="unit" size={15} />
        {known ? <button type="button" class="link" onClick={() => select({ kind: 'unit', id: v.vehicle })}>{v.name}</button> : v.name}
        <span class="receipt-heard">{heard(w, locale.value, v.lastHeard, hubNow(), mapInfo.value?.timeZone)}</span>
      </h3>
      <dl class="gauges three">
        <div><dt>{w.colPressed}</dt><dd><b>{v.signedFor === null ? '–' : count(v.signedFor)}</b> {v.signedFor === null && w.signedForNone}</dd></div>
        <div><dt>{w.colHere}</dt><dd><b>{count(v.atCityHall)}</b></dd></div>
        <div class={v.missing ? 'late' : v.still > 0 ? 'soon' : ''}><dt>{w.colStill}</dt><dd><b>{count(v.still)}</b></dd></div>
      </dl>
      {share !== null && (
        <div class={`receipt-bar${v.missing ? ' late' : ''}`} aria-hidden="true"><span style={{ width: `${share * 100}%` }} /></div>
      )}
      <p class="receipt-say">{sayOf(v)}</p>
    </section>
  );
}

function sayOf(v: ShiftOnUnit): string {
  const w = words.value;
  if (v.missing) return w.missingHint(v.still);
  const still = v.still > 0 ? w.stillHint(v.still) : '';
  if (v.signedFor === null) return [still, w.unsignedHint].filter(Boolean).join(' ');
  return `${w.pressedHint(v.signedFor)} ${still || w.wholeHint}`;
}
