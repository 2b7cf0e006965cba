import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { number } from '../../../shared/format/measure';
import { catalogue, districts, serviceName } from '../app/catalogue';
import { Empty } from '../app/Empty';
import { locale, shownTheme, words } from '../app/preferences';
import { mapInfo } from '../app/session';
import { sourceWord } from '../app/states';
import { hubNow } from '../feed/city';
import { saveCsv } from './csv';
import { type Flow, flowOf } from './flow';
import { ReportHead } from './ReportHead';
import { requestsSince } from './read-requests';

const DAY = 86_400_000;
const SPANS = [1, 7, 30, 90] as const;

/** How many requests opened and closed, as lines and as numbers. */
export function FlowReport() {
  const w = words.value;
  const zone = mapInfo.value?.timeZone;
  const span = useSignal<number>(7);
  const service = useSignal('');
  const district = useSignal('');
  const flow = useSignal<Flow | null>(null);
  const whole = useSignal(true);
  const problem = useSignal('');
  const by = span.value <= 7 ? 'hour' : 'day';
  useEffect(() => {
    const stop = new AbortController();
    const to = hubNow();
    const from = to - span.value * DAY;
    const filters = { ...(service.value ? { service: service.value } : {}), ...(district.value ? { district: district.value } : {}) };
    flow.value = null;
    requestsSince(from, filters, stop.signal).then(({ items, whole: all }) => {
      const own = district.value ? items.filter((r) => r.district === district.value) : items;
      flow.value = flowOf(own, from, to, by, zone);
      whole.value = all;
      problem.value = '';
    }, (e: Error) => {
      if (!stop.signal.aborted) problem.value = e.message;
    });
    return () => stop.abort();
  }, [span.value, service.value, district.value]);
  const f = flow.value;
  const sum = (of: number[]) => of.reduce((a, b) => a + b, 0);
  const stepName = (ms: number) => new Date(ms).toLocaleString(locale.value, { timeZone: zone, month: 'short', day: 'numeric', ...(by === 'hour' ? { hour: 'numeric' } : {}) });
  return (
    <div class="page">
      <ReportHead
        title={w.navFlow} hint={w.flowHint}
        {...(f ? { onCsv: () => saveCsv('opened-closed', [w.when, w.opened, w.metTarget], f.at.map((t, i) => [new Date(t).toISOString(), f.opened[i] ?? 0, f.closed[i] ?? 0])) } : {})}
      >
        <label>{w.span}<select value={String(span.value)} onChange={(e) => (span.value = Number(e.currentTarget.value))}>{SPANS.map((d) => <option key={d} value={String(d)}>{w.lastDays(d)}</option>)}</select></label>
        <label>{w.service}<select value={service.value} onChange={(e) => (service.value = e.currentTarget.value)}><option value="">{w.any}</option>{catalogue.value.items.map((s) => <option key={s.code} value={s.code}>{serviceName(s.code)}</option>)}</select></label>
        <label>{w.district}<select value={district.value} onChange={(e) => (district.value = e.currentTarget.value)}><option value="">{w.any}</option>{districts.value.map((d) => <option key={d.id} value={d.id}>{d.name}</option>)}</select></label>
      </ReportHead>
      {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
      {!f && !problem.value && <Empty icon="report" text={w.loading} />}
      {f && (
        <>
          <p class="flow-sum">
            <span class="key opened" /> {w.flowOpened(number(locale.value, sum(f.opened)))} <span class="key closed" /> {w.flowClosed(number(locale.value, sum(f.closed)))}
            <span class="hint">{Object.entries(f.bySource).map(([s, n]) => `${sourceWord(w, s)} ${number(locale.value, n)}`).join(' · ')}</span>
          </p>
          {!whole.value && <p class="hint soon">{w.flowPartial}</p>}
          <Chart flow={f} by={by} />
          <details class="page-part">
            <summary>{w.asTable}</summary>
            <div class="table-box">
              <table class="table">
                <thead><tr><th scope="col">{w.when}</th><th scope="col" class="num">{w.opened}</th><th scope="col" class="num">{w.metTarget}</th></tr></thead>
                <tbody>
                  {f.at.map((t, i) => <tr key={t}><th scope="row">{stepName(t)}</th><td class="num">{f.opened[i]}</td><td class="num">{f.closed[i]}</td></tr>)}
                </tbody>
              </table>
            </div>
          </details>
        </>
      )}
    </div>
  );
}

function Chart({ flow: f, by }: { flow: Flow; by: 'hour' | 'day' }) {
  const w = words.value;
  const host = useRef<HTMLDivElement>(null);
  const theme = shownTheme.value;
  useEffect(() => {
    const box = host.current;
    if (!box) return;
    const style = getComputedStyle(document.documentElement);
    const token = (name: string) => style.getPropertyValue(name).trim();
    const zone = mapInfo.value?.timeZone;
    const twelve = new Intl.DateTimeFormat(locale.value, { hour: 'numeric' }).resolvedOptions().hour12;
    // A tick at midnight says its day, one within the day its hour.
    const tick = (t: number) => {
      const hour = new Date(t * 1000).toLocaleTimeString('sv-SE', { timeZone: zone });
      return new Date(t * 1000).toLocaleString(locale.value, { timeZone: zone, ...(hour.startsWith('00:00') || by === 'day' ? { month: 'short', day: 'numeric' } : { hour: 'numeric', ...(twelve ? {} : { minute: '2-digit' }) }) });
    };
    const axis = { stroke: token('--ink-2'), grid: { stroke: token('--line'), width: 1 }, ticks: { stroke: token('--line'), width: 1 }, font: '12px "Public Sans Variable", sans-serif' };
    const plot = new uPlot({
      width: box.clientWidth, height: 320, legend: { show: false }, cursor: { points: { size: 7 } },
      tzDate: (ts) => uPlot.tzDate(new Date(ts * 1000), zone ?? 'UTC'),
      scales: { y: { range: (_, __, high) => [0, Math.max(4, Math.ceil(high * 1.1))] } },
      // Requests are counted in whole ones.
      axes: [{ ...axis, values: (_, ticks) => ticks.map(tick) }, { ...axis, size: 44, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] }],
      series: [
        {},
        { label: w.opened, stroke: token('--accent'), fill: token('--accent-soft'), width: 2 },
        // Dashed: told apart without colour.
        { label: w.metTarget, stroke: token('--good'), width: 2, dash: [6, 4] },
      ],
    }, [f.at.map((t) => t / 1000), f.opened, f.closed], box);
    const watch = new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: 320 }));
    watch.observe(box);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [f, theme, locale.value]);
  return <div class="chart" ref={host} role="img" aria-label={w.navFlow} />;
}
