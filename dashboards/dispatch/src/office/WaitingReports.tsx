import { signal, useSignal } from '@preact/signals';
import { duration } from '../../../shared/format/time';
import { send } from '../app/api';
import { serviceName } from '../app/catalogue';
import { draft, forget } from '../app/drafts';
import { Empty } from '../app/Empty';
import { Problem, useStep } from '../app/form';
import { PlaceField, placeIn } from '../app/PlaceField';
import { usePolled } from '../app/polled';
import { words } from '../app/preferences';
import { select } from '../app/selection';
import { may } from '../app/session';
import { beat } from '../feed/city';

interface Waiting {
  token: string;
  service: string;
  address: string | null;
  description: string | null;
  receivedAt: string;
}

const AGAIN_MS = 15_000;
const chosen = signal('');

/** Reports of residents that named an address the map does not know: a person says where it is. */
export function WaitingReports() {
  const w = words.value;
  const again = useSignal(0);
  const { value, problem } = usePolled<{ items: Waiting[] }>(`/api/open311/waiting#${again.value}`, AGAIN_MS);
  const items = value.value?.items ?? [];
  return (
    <>
      <header class="list-head"><h2>{w.navPlaces}</h2><span class="count-pill">{items.length}</span></header>
      <div class="plain-list">
        {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
        {!value.value && !problem.value && <Empty icon="pin" text={w.loading} />}
        {value.value && items.length === 0 && <Empty icon="check" text={w.placesNone} hint={w.placesNoneHint} />}
        <ul>{items.map((r) => <Row key={r.token} report={r} onDone={() => again.value++} />)}</ul>
      </div>
    </>
  );
}

function Row({ report: r, onDone }: { report: Waiting; onDone: () => void }) {
  const w = words.value;
  return (
    <li class="card-row">
      <button type="button" class="row-main" aria-expanded={chosen.value === r.token} onClick={() => (chosen.value = chosen.value === r.token ? '' : r.token)}>
        <b>{serviceName(r.service)}</b>
        <span>{r.address ?? '–'}</span>
        <span class="quiet">{[r.description, w.ago(duration(Math.max(0, beat.value - Date.parse(r.receivedAt))))].filter(Boolean).join(' · ')}</span>
      </button>
      {chosen.value === r.token && may('requests.write') && <PlaceForm token={r.token} address={r.address ?? ''} onDone={onDone} />}
    </li>
  );
}

function PlaceForm({ token, address, onDone }: { token: string; address: string; onDone: () => void }) {
  const w = words.value;
  const step = useStep(['lat']);
  const place = draft(`place/${token}`, address);
  const unplaced = useSignal(false);
  const put = async () => {
    const at = await placeIn(place);
    unplaced.value = at === null;
    if (!at) return;
    let made = '';
    if (!(await step.run(async () => (made = (await send<{ number: string }>(`/api/open311/waiting/${encodeURIComponent(token)}/place`, at)).number)))) return;
    forget(`place/${token}`);
    onDone();
    select({ kind: 'request', id: made });
  };
  return (
    <form
      class="form pad"
      onSubmit={(e) => {
        e.preventDefault();
        void put();
      }}
    >
      <PlaceField text={place} error={unplaced.value ? w.placeWrong : (step.fields.value.lat ?? '')} />
      <button type="submit" class="primary wide" disabled={step.busy.value}>{w.placePut}</button>
      <Problem step={step} />
    </form>
  );
}
