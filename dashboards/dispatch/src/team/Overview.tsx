import { computed, signal, useSignal } from '@preact/signals';
import { number } from '../../../shared/format/measure';
import { duration } from '../../../shared/format/time';
import { Chip } from '../../../shared/widgets/Chip';
import { Icon } from '../../../shared/widgets/Icon';
import { Empty } from '../app/Empty';
import { usePolled } from '../app/polled';
import { keep, kept, locale, words } from '../app/preferences';
import { select, showList } from '../app/selection';
import { shiftWord, titleOf, unitColor, unitState, unitWord } from '../app/states';
import { beat, crews, hubNow, orders, picture, unitById } from '../feed/city';
import type { CrewSummary, ShiftReceipt } from '../feed/shapes';
import { unsent } from '../feed/waiting';
import { CrewSteps } from './CrewSteps';
import { crewFigures, type CrewFigures } from './crew-figures';
import { ShiftFigures } from './ShiftFigures';

const AGAIN_MS = 30_000;
/** Crews that this reader looks after; kept in this browser. */
const mine = signal<readonly string[]>((kept('field.crews') ?? '').split(',').filter(Boolean));
mine.subscribe((ids) => keep('field.crews', ids.join()));
const onlyMine = signal(mine.peek().length > 0);

const figures = computed(() => {
  const held = new Map((unsent.value?.items ?? []).map((u) => [u.crew ?? '', u.unsentActions]));
  return new Map(crews.value.map((c) => [c.id, crewFigures(c.id, orders.value, held.get(c.id) ?? 0)]));
});
const RANK: Record<string, number> = { on: 0, callOut: 0, break: 1, off: 2 };

/** A supervisor's morning: each crew with what it has, what hangs, what waits for a look, and what is still on its vehicle. */
export function Overview() {
  const w = words.value;
  const shifts = usePolled<{ items: ShiftReceipt[] }>('/api/shifts?limit=100', AGAIN_MS);
  const open = useSignal('');
  const shown = crews.value
    .filter((c) => !onlyMine.value || mine.value.includes(c.id))
    .sort((a, b) => (RANK[a.shift] ?? 3) - (RANK[b.shift] ?? 3) || a.name.localeCompare(b.name, undefined, { numeric: true }));
  const since = new Map((shifts.value.value?.items ?? []).filter((s) => s.to === null).map((s) => [s.crew, s]));
  return (
    <div class="page">
      <header class="page-head">
        <h2>{w.navOverview}</h2>
        <div class="page-steps">
          <label class="tick"><input type="checkbox" checked={onlyMine.value} onChange={(e) => (onlyMine.value = e.currentTarget.checked)} /> {w.onlyMine}</label>
        </div>
      </header>
      <ShiftFigures />
      {shown.length === 0 ? <Empty icon="crew" text={onlyMine.value ? w.noneMine : w.noCrews} hint={onlyMine.value ? w.noneMineHint : ''} /> : (
        <div class="table-box">
          <table class="table crews-table">
            <thead>
              <tr>
                <th scope="col"><span class="unseen">{w.mine}</span></th><th scope="col">{w.crew}</th><th scope="col">{w.shift}</th><th scope="col">{w.unit}</th><th scope="col">{w.currentOrder}</th>
                <th scope="col" class="num">{w.tabOpen}</th><th scope="col" class="num">{w.unfinished}</th><th scope="col" class="num">{w.tabReview}</th><th scope="col" class="num">{w.unsent}</th>
                <th scope="col"><span class="unseen">{w.change}</span></th>
              </tr>
            </thead>
            <tbody>
              {shown.map((c) => (
                <CrewLine key={c.id} crew={c} figures={figures.value.get(c.id)} receipt={since.get(c.id)} open={open.value === c.id} onOpen={() => (open.value = open.value === c.id ? '' : c.id)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

interface CrewLineProps {
  crew: CrewSummary;
  figures: CrewFigures | undefined;
  receipt: ShiftReceipt | undefined;
  open: boolean;
  onOpen: () => void;
}

function CrewLine({ crew: c, figures: f, receipt, open, onOpen }: CrewLineProps) {
  const w = words.value;
  const unit = c.vehicle ? unitById.value.get(c.vehicle) : undefined;
  void beat.value;
  const state = unit ? unitState(unit, picture.places.get(unit.n)?.activity) : null;
  const order = f?.current;
  const star = mine.value.includes(c.id);
  const n = (value: number | undefined, tone: string, go?: () => void) =>
    value ? (go ? <button type="button" class={`link ${tone}`} onClick={go}>{number(locale.value, value)}</button> : <b class={tone}>{number(locale.value, value)}</b>) : <span class="quiet">0</span>;
  return (
    <>
      <tr class={open ? 'open' : ''}>
        <td>
          <input type="checkbox" aria-label={`${w.mine}: ${c.name}`} checked={star} onChange={() => (mine.value = star ? mine.value.filter((id) => id !== c.id) : [...mine.value, c.id])} />
        </td>
        <th scope="row">{c.name}</th>
        <td>
          <Chip color={c.shift === 'on' || c.shift === 'callOut' ? 'var(--good)' : 'var(--ink-3)'}>{shiftWord(w, c.shift)}</Chip>
          {receipt?.from && c.shift !== 'off' && <p class="hint">{duration(Math.max(0, hubNow() - Date.parse(receipt.from)))}</p>}
        </td>
        <td>
          {unit ? <button type="button" class="link" onClick={() => select({ kind: 'unit', id: unit.id })}>{unit.name}</button> : '–'}
          {state && <p class="hint" style={{ color: unitColor(state) }}>{unitWord(w, state)}</p>}
        </td>
        <td>
          {order ? <button type="button" class="link" onClick={() => select({ kind: 'order', id: order.id })}>{titleOf(w, order)}</button> : <span class="quiet">–</span>}
          {order && <p class="hint">{order.address}</p>}
        </td>
        <td class="num">{n(f?.open, '')}</td>
        <td class="num">{n(f?.hanging.length, 'soon', () => select({ kind: 'order', id: f?.hanging[0]?.id ?? '' }))}</td>
        <td class="num">{n(f?.review.length, '', () => select({ kind: 'order', id: f?.review[0]?.id ?? '' }))}</td>
        <td class="num">{n(f?.unsent, 'soon', () => showList('unsent'))}</td>
        <td class="num">
          <button type="button" class="icon-button" aria-expanded={open} aria-label={`${w.change}: ${c.name}`} title={w.change} onClick={onOpen}><Icon name="more" size={17} /></button>
        </td>
      </tr>
      {open && <tr><td colSpan={10} class="crew-steps"><CrewSteps crew={c} figures={f} /></td></tr>}
    </>
  );
}
