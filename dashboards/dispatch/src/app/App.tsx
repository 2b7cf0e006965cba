import { Latest } from '../card/Latest';
import { RequestCard } from '../card/RequestCard';
import { ShiftCard } from '../card/ShiftCard';
import { UnitCard } from '../card/UnitCard';
import { feedState } from '../feed/city';
import { AsideList } from '../lists/AsideList';
import { CityList } from '../lists/CityList';
import { CrewList } from '../lists/CrewList';
import { OrderList } from '../lists/OrderList';
import { ShiftList } from '../lists/ShiftList';
import { UnitList } from '../lists/UnitList';
import { UnsentList } from '../lists/UnsentList';
import { MapPane } from '../map/MapPane';
import { RequestQueue } from '../queue/RequestQueue';
import { CrewAlerts } from '../top/CrewAlerts';
import { KeyFigures } from '../top/KeyFigures';
import { GoneBanner } from '../top/LiveIndicator';
import { TopBar } from '../top/TopBar';
import { NavRail } from './NavRail';
import { words } from './preferences';
import { list, selection } from './selection';

const lists = { requests: RequestQueue, units: UnitList, crews: CrewList, orders: OrderList, unsent: UnsentList, shifts: ShiftList, city: CityList, aside: AsideList };

export function App() {
  const w = words.value;
  const chosen = selection.value;
  const List = lists[list.value];
  return (
    <div class={`app${feedState.value.kind === 'gone' ? ' is-gone' : ''}`}>
      <button type="button" class="skip" onClick={skip}>{w.skipToQueue}</button>
      <NavRail />
      <TopBar />
      <div class="calls"><CrewAlerts /></div>
      <GoneBanner />
      <KeyFigures />
      <main class="board">
        <section class="list-pane" id="list" aria-label={w[list.value]}><List /></section>
        <MapPane />
        <aside class="card" aria-label={chosen ? chosen.id : w.latest}>
          {chosen === null && <Latest />}
          {chosen?.kind === 'request' && <RequestCard key={chosen.id} id={chosen.id} />}
          {chosen?.kind === 'shift' && <ShiftCard key={chosen.id} id={chosen.id} />}
          {chosen?.kind === 'unit' && <UnitCard key={chosen.id} id={chosen.id} />}
        </aside>
      </main>
    </div>
  );
}

/** Not a link: the address after # belongs to deep links. */
function skip() {
  document.querySelector<HTMLElement>('#list [role="listbox"], #list [role="tab"], #list button')?.focus();
}
