import { Emergency } from './drive/Emergency';
import { LockedPanel } from './drive/LockedPanel';
import { Board } from './board/Board';
import { Header } from './board/Header';
import { Gone } from './board/Gone';
import { OffShift } from './shift/OffShift';
import { SheetHost } from './sheets/SheetHost';
import { words } from './state/preferences';
import { goneSince, state } from './state/stream';

export function App() {
  const s = state.value;
  const w = words.value;
  if (!s) return <main class="empty-page"><h1>{w.title}</h1><p role="status">{w.starting}</p></main>;
  if (s.identify) return <main class="identify"><h1>{w.unit(s.vehicle)}</h1><p>{w.identify}</p></main>;
  if (s.locked && s.shift.state !== 'off') return <LockedPanel state={s} />;
  const urgent = s.shift.state === 'off' ? [] : s.orders.filter((o) => o.mustAcknowledge);
  return (
    <div class={`app${goneSince.value === null ? '' : ' is-gone'}`}>
      <Header state={s} />
      <Gone />
      {s.shift.state === 'off' ? <OffShift state={s} /> : <Board state={s} />}
      <SheetHost state={s} />
      {urgent[0] && <Emergency order={urgent[0]} more={urgent.length - 1} />}
    </div>
  );
}
