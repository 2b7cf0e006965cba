import { useSignal } from '@preact/signals';
import { money, number } from '../../../shared/format/measure';
import { serviceName } from '../app/catalogue';
import { Empty } from '../app/Empty';
import { usePolled } from '../app/polled';
import { locale, words } from '../app/preferences';
import { select } from '../app/selection';
import { crewById, hubNow } from '../feed/city';
import type { CostSum } from '../feed/shapes';
import { saveCsv } from './csv';
import { ReportHead } from './ReportHead';

const DAY = 86_400_000;
const AGAIN_MS = 120_000;
const GROUPS = ['service', 'crew', 'kind', 'request', 'order'] as const;
const SPANS = [7, 30, 90, 365] as const;

/** What work cost, by service, crew, kind, request or order. */
export function CostReport() {
  const w = words.value;
  const by = useSignal<(typeof GROUPS)[number]>('service');
  const span = useSignal<number>(30);
  const from = new Date(Math.floor(hubNow() / 3_600_000) * 3_600_000 - span.value * DAY).toISOString();
  const { value, problem } = usePolled<{ currency: string; cents: number; items: CostSum[] }>(`/api/costs?by=${by.value}&from=${encodeURIComponent(from)}`, AGAIN_MS);
  const items = [...(value.value?.items ?? [])].sort((a, b) => b.cents - a.cents);
  const most = Math.max(1, ...items.map((i) => i.cents));
  const currency = value.value?.currency ?? 'USD';
  const text: Record<(typeof GROUPS)[number], string> = { service: w.service, crew: w.crew, kind: w.eventKind, request: w.request, order: w.orders };
  const name = (s: string) => (by.value === 'service' ? serviceName(s) : by.value === 'crew' ? (crewById.value.get(s)?.name ?? s) : s) || w.none;
  return (
    <div class="page">
      <ReportHead
        title={w.navCosts} hint={w.costsHint}
        onCsv={() => saveCsv('costs', [text[by.value], w.orders, w.hours, currency], items.map((i) => [name(i.subject), i.orders, i.labourHours, i.cents / 100]))}
      >
        <label>{w.spotBy}<select value={by.value} onChange={(e) => (by.value = e.currentTarget.value as (typeof GROUPS)[number])}>{GROUPS.map((g) => <option key={g} value={g}>{text[g]}</option>)}</select></label>
        <label>{w.span}<select value={String(span.value)} onChange={(e) => (span.value = Number(e.currentTarget.value))}>{SPANS.map((d) => <option key={d} value={String(d)}>{w.lastDays(d)}</option>)}</select></label>
      </ReportHead>
      {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
      {!value.value && !problem.value && <Empty icon="coins" text={w.loading} />}
      {value.value && items.length === 0 && <Empty icon="coins" text={w.costsNone} />}
      {items.length > 0 && (
        <>
          <p class="flow-sum"><b>{money(locale.value, currency, value.value?.cents ?? 0)}</b></p>
          <div class="table-box">
            <table class="table">
              <thead><tr><th scope="col">{text[by.value]}</th><th scope="col">{w.costs}</th><th scope="col" class="num">{w.orders}</th><th scope="col" class="num">{w.hours}</th></tr></thead>
              <tbody>
                {items.map((i) => (
                  <tr key={i.subject}>
                    <th scope="row">{by.value === 'request' && i.subject ? <button type="button" class="link" onClick={() => select({ kind: 'request', id: i.subject })}>{i.subject}</button> : name(i.subject)}</th>
                    <td><span class="bar"><span style={{ width: `${(i.cents / most) * 100}%` }} /></span> <b>{money(locale.value, currency, i.cents)}</b></td>
                    <td class="num">{number(locale.value, i.orders)}</td><td class="num">{number(locale.value, i.labourHours, 1)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </div>
  );
}
