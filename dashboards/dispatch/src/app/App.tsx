import { useEffect, useRef } from 'preact/hooks';
import { CrewDock } from '../assign/CrewDock';
import { Latest } from '../card/Latest';
import { feedState } from '../feed/city';
import { MapPane } from '../map/MapPane';
import { RouteSheet } from '../team/RouteSheet';
import { CrewAlerts } from '../top/CrewAlerts';
import { KeyFigures } from '../top/KeyFigures';
import { GoneBanner } from '../top/LiveIndicator';
import { TopBar } from '../top/TopBar';
import { KeyHelp, useFrameKeys } from './KeyHelp';
import { NavRail, SubNav } from './NavRail';
import { lazy } from './lazy';
import { words } from './preferences';
import { list, selection } from './selection';
import { UndoBar } from './undo';
import { views } from './views';

const OrderCard = lazy(() => import('../card/OrderCard').then((m) => m.OrderCard));
const RequestCard = lazy(() => import('../card/RequestCard').then((m) => m.RequestCard));
const ShiftCard = lazy(() => import('../card/ShiftCard').then((m) => m.ShiftCard));
const UnitCard = lazy(() => import('../card/UnitCard').then((m) => m.UnitCard));

export function App() {
  const w = words.value;
  const chosen = selection.value;
  const view = views[list.value];
  useFrameKeys();
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = [chosen?.id, view.name(w), w.product].filter(Boolean).join(' · ');
  }, [chosen?.id, view, w]);
  useEffect(() => {
    // On a narrow page the card stands where the list was.
    if (!chosen || document.getElementById('list')?.getClientRects().length) return;
    card.current?.focus();
    card.current?.scrollIntoView();
  }, [chosen?.kind, chosen?.id]);
  return (
    <div class={`app${feedState.value.kind === 'gone' ? ' is-gone' : ''}`}>
      <button type="button" class="skip" onClick={skip}>{w.skipToQueue}</button>
      <NavRail />
      <TopBar />
      <div class="calls"><CrewAlerts /></div>
      <GoneBanner />
      <KeyFigures />
      <main class={`board${chosen ? ' has-card' : ''}`}>
        <section class={`list-pane${view.wide ? ' wide' : ''}`} id="list" aria-label={view.name(w)}>
          <SubNav />
          <view.page key={list.value} />
        </section>
        <MapPane />
        <aside class="card" ref={card} tabIndex={-1} aria-label={chosen ? chosen.id : w.latest}>
          {chosen === null && <Latest />}
          {chosen?.kind === 'request' && <RequestCard key={chosen.id} id={chosen.id} />}
          {chosen?.kind === 'order' && <OrderCard key={chosen.id} id={chosen.id} />}
          {chosen?.kind === 'shift' && <ShiftCard key={chosen.id} id={chosen.id} />}
          {chosen?.kind === 'unit' && <UnitCard key={chosen.id} id={chosen.id} />}
          <CrewDock />
        </aside>
        <UndoBar />
      </main>
      <KeyHelp />
      <RouteSheet />
    </div>
  );
}

/** Not a link: the address after # belongs to deep links. */
function skip() {
  document.querySelector<HTMLElement>('#list [role="listbox"], #list [role="tab"], #list button')?.focus();
}
