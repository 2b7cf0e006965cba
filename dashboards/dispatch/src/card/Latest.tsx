import { moment } from '../../../shared/format/moment';
import { duration } from '../../../shared/format/time';
import { Icon } from '../../../shared/widgets/Icon';
import { Empty } from '../app/Empty';
import { words } from '../app/preferences';
import { flyTo, select } from '../app/selection';
import { serviceIcon, stageWord, titleOf } from '../app/states';
import { beat, type NewsItem, news, requests } from '../feed/city';
import type { RequestSummary } from '../feed/shapes';

/** Shown while nothing is selected: what changed last, newest first. */
export function Latest() {
  const w = words.value;
  const items = [...news.value, ...earlier(new Set(news.value.map((n) => n.request.number)))].slice(0, MOST);
  return (
    <>
      <header class="latest-head">
        <h2>{w.latest}</h2>
        <p class="hint">{w.latestHint}</p>
      </header>
      {items.length === 0 && <Empty icon="sensor" text={w.latestEmpty} />}
      <ol class="latest" aria-label={w.latest}>
        {items.map((item) => <LatestItem key={item.key} item={item} />)}
      </ol>
    </>
  );
}

const MOST = 30;

/** Before the page opened: the newest of what the snapshot brought. */
function earlier(known: Set<string>): NewsItem[] {
  const newest: { request: RequestSummary; atMs: number }[] = [];
  for (const request of requests.value) {
    const atMs = since(request);
    if (newest.length === MOST && atMs <= (newest[MOST - 1]?.atMs ?? 0)) continue;
    if (known.has(request.number)) continue;
    const at = newest.findIndex((n) => n.atMs < atMs);
    newest.splice(at < 0 ? newest.length : at, 0, { request, atMs });
    if (newest.length > MOST) newest.pop();
  }
  return newest.map(({ request, atMs }, i) => ({ key: -i - 1, atMs, request, first: request.stage === 'received' }));
}

/** When it came to stand where it stands: more evidence updates a request too, but is no news. */
const since = (r: RequestSummary) => moment(r.status === 'open' && r.stage === 'received' ? r.openedAt : r.updatedAt);

function event(r: RequestSummary, first: boolean): [text: string, color: string] {
  const w = words.value;
  if (r.status === 'closed') return [w.evClosed, 'var(--good)'];
  if (r.status === 'withdrawn') return [w.evWithdrawn, 'var(--ink-3)'];
  if (first || r.stage === 'received') return [w.evOpened, 'var(--accent)'];
  return [w.evStage(stageWord(w, r.stage)), 'var(--soon)'];
}

function LatestItem({ item: { request: r, atMs, first } }: { item: NewsItem }) {
  const w = words.value;
  const [text, color] = event(r, first);
  const past = beat.value - atMs;
  return (
    <li>
      <button
        type="button"
        onClick={() => {
          select({ kind: 'request', id: r.number });
          flyTo.value = { lat: r.lat, lon: r.lon };
        }}
      >
        <span class="latest-icon" style={{ color }}><Icon name={serviceIcon(r.service)} size={16} /></span>
        <span class="latest-text">
          <b>{titleOf(words.value, r)}</b> <span style={{ color }}>{text}</span>
          <span class="row-address">{r.address ?? r.number}</span>
        </span>
        <time>{past < 3000 ? w.justNow : w.ago(duration(past))}</time>
      </button>
    </li>
  );
}
