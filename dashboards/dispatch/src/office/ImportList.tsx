import { useSignal } from '@preact/signals';
import { number } from '../../../shared/format/measure';
import { moment } from '../../../shared/format/time';
import { Chip } from '../../../shared/widgets/Chip';
import { Icon } from '../../../shared/widgets/Icon';
import { ask, at } from '../app/api';
import { Empty } from '../app/Empty';
import { Problem, useStep } from '../app/form';
import { usePolled } from '../app/polled';
import { locale, words } from '../app/preferences';
import { mapInfo, may } from '../app/session';
import { hubNow } from '../feed/city';
import { saveCsv } from '../past/csv';

export interface ImportReport {
  kind: string;
  file: string;
  who: string;
  at: string;
  dryRun: boolean;
  read: number;
  imported: number;
  changed: number;
  unchanged: number;
  skipped: number;
  rejected: number;
  reasons: Record<string, number>;
  faults: { line: number; row: string | null; reason: string; cause: string; remedy: string }[];
}

const AGAIN_MS = 20_000;

/** What became of files of rows: what was taken, and every rejected row with its line, cause and remedy. */
export function ImportList() {
  const w = words.value;
  const again = useSignal(0);
  const { value, problem } = usePolled<{ items: { id: string; report: ImportReport }[] }>(`/api/imports#${again.value}`, AGAIN_MS);
  const items = value.value?.items ?? [];
  return (
    <div class="page">
      <header class="page-head"><h2>{w.navImports}</h2><p class="hint">{w.importsHint}</p></header>
      {may('imports.write') && <Upload onDone={() => again.value++} />}
      {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
      {!value.value && !problem.value && <Empty icon="upload" text={w.loading} />}
      {value.value && items.length === 0 && <Empty icon="upload" text={w.importsNone} />}
      {items.map((i) => <Report key={i.id} id={i.id} report={i.report} />)}
    </div>
  );
}

function Report({ id, report: r }: { id: string; report: ImportReport }) {
  const w = words.value;
  const faults = useSignal<ImportReport['faults'] | null>(null);
  const problem = useSignal('');
  const n = (v: number) => number(locale.value, v);
  const read = () => {
    if (faults.value) return;
    ask<ImportReport>(at('imports', id)).then((whole) => (faults.value = whole.faults), (e: Error) => (problem.value = e.message));
  };
  return (
    <details class="import" onToggle={(e) => e.currentTarget.open && read()}>
      <summary>
        <b>{r.file}</b> <span class="hint">{r.kind} · {r.who} · {moment(locale.value, Date.parse(r.at), hubNow(), mapInfo.value?.timeZone)}</span>
        {r.dryRun && <Chip>{w.importDry}</Chip>}
        <Chip color={r.rejected > 0 ? 'var(--soon)' : 'var(--good)'}>{w.importRejected(n(r.rejected), n(r.read))}</Chip>
      </summary>
      <p class="hint">{w.importCounts(n(r.imported), n(r.changed), n(r.unchanged), n(r.skipped))}</p>
      {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
      {faults.value && faults.value.length > 0 && (
        <>
          <button type="button" class="secondary small" onClick={() => saveCsv(`rejected-${r.file}`, [w.importLine, 'row', w.importCause, w.importRemedy], (faults.value ?? []).map((f) => [f.line, f.row, f.cause, f.remedy]))}>
            <Icon name="download" size={15} /> CSV
          </button>
          <div class="table-box">
            <table class="table">
              <thead><tr><th scope="col" class="num">{w.importLine}</th><th scope="col">{w.importCause}</th><th scope="col">{w.importRemedy}</th></tr></thead>
              <tbody>{faults.value.slice(0, 500).map((f) => <tr key={f.line + f.reason}><td class="num">{n(f.line)}</td><th scope="row">{f.cause}{f.row && <p class="hint">{f.row}</p>}</th><td>{f.remedy}</td></tr>)}</tbody>
            </table>
          </div>
        </>
      )}
    </details>
  );
}

function Upload({ onDone }: { onDone: () => void }) {
  const w = words.value;
  const step = useStep();
  const file = useSignal<File | null>(null);
  const put = (dryRun: boolean) => step.run(async () => {
    const picked = file.value;
    if (!picked) return;
    const type = picked.name.toLowerCase().endsWith('json') ? 'application/geo+json' : 'text/csv';
    await ask(`/api/imports/street-lights?${new URLSearchParams({ name: picked.name, dryRun: String(dryRun) })}`, { method: 'POST', body: picked, headers: { 'content-type': type } });
    onDone();
  });
  return (
    <div class="upload">
      <label class="tick file">
        <Icon name="attach" size={15} /> <span>{file.value?.name ?? w.importLights}</span>
        <input type="file" class="unseen" accept=".csv,.json,.geojson" onChange={(e) => (file.value = e.currentTarget.files?.[0] ?? null)} />
      </label>
      <button type="button" class="secondary small" disabled={!file.value || step.busy.value} onClick={() => void put(true)}>{w.importTry}</button>
      <button type="button" class="secondary small" disabled={!file.value || step.busy.value} onClick={() => void put(false)}>{w.importDo}</button>
      <Problem step={step} />
    </div>
  );
}
