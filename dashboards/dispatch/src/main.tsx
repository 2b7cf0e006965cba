import '@fontsource-variable/public-sans/wght.css';
import '../../shared/tokens.css';
import './styles/frame.css';
import './styles/lists.css';
import './styles/card.css';
import './styles/receipt.css';
import './styles/map.css';
import './styles/form.css';
import './styles/views.css';
import './styles/narrow.css';
import { render } from 'preact';
import { keepFocus } from '../../shared/widgets/keep-focus';
import { App } from './app/App';
import { readCatalogue } from './app/catalogue';
import { exposeProbe } from './app/probe';
import { ready } from './app/preferences';
import { flyToLinked } from './app/selection';
import { may, startSession } from './app/session';
import { arrived, feedState, picture, startCity, unitById } from './feed/city';
import { watchAlerts } from './feed/standing';
import { watchUnsent } from './feed/waiting';

exposeProbe();
const page = document.getElementById('page') as HTMLElement;
keepFocus(page, { parts: '.card, .list-pane, .map-pane, .top-bar, .rail', home: '#list' });
void ready.then(() => render(<App />, page));
const restart = startCity();
let asking = false;

/** Until the hub says who is signed in: it may be down while the page comes from a cache. */
async function begin() {
  if (asking) return;
  asking = true;
  try {
    await startSession();
    if (may('vehicles.read')) watchUnsent();
    watchAlerts();
    await readCatalogue();
  } catch {
    setTimeout(begin, 3000);
  }
  asking = false;
}
void begin();

const stopWaiting = arrived.subscribe((here) => {
  if (!here) return;
  flyToLinked(({ kind, id }) => {
    if (kind === 'request') return picture.requests.get(id) ?? null;
    return picture.places.get(unitById.peek().get(id)?.n ?? -1)?.motion ?? null;
  });
  queueMicrotask(() => stopWaiting());
});

// A feed that went away may mean that the session ended: asking says so, and leads to sign-in.
feedState.subscribe((state) => {
  if (state.kind === 'gone') void begin();
});
addEventListener('online', restart);
