import { number } from '../../../shared/format/measure';
import { Icon, type IconName } from '../../../shared/widgets/Icon';
import { counts } from '../feed/city';
import { waiting } from '../feed/waiting';
import { locale, words } from './preferences';
import { may } from './session';
import type { List } from './route';
import { list, showList } from './selection';

export function NavRail() {
  const w = words.value;
  const aside = counts.value.aside;
  const items: [List, IconName, string, number?][] = [
    ['requests', 'request', w.navRequests], ['units', 'unit', w.navUnits], ['crews', 'crew', w.navCrews],
    ['orders', 'order', w.navOrders], ['unsent', 'upload', w.navUnsent, waiting.value.units + waiting.value.silent],
  ];
  if (may('crews.read')) items.push(['shifts', 'receipt', w.navShifts]);
  return (
    <nav class="rail" aria-label={w.product}>
      <span class="logo" aria-hidden="true">311</span>
      {items.map(([id, icon, text, badge]) => <RailButton key={id} id={id} icon={icon} text={text} badge={badge ?? 0} />)}
      <span class="rail-gap" />
      {may('city.read') && <RailButton id="city" icon="sent" text={w.navCity} />}
      {may('ingest.read') && <RailButton id="aside" icon="archive" text={w.navAside} badge={aside} />}
    </nav>
  );
}

function RailButton({ id, icon, text, badge = 0 }: { id: List; icon: IconName; text: string; badge?: number }) {
  return (
    <button type="button" class="rail-button" aria-current={list.value === id ? 'page' : undefined} onClick={() => showList(id)}>
      <Icon name={icon} size={21} />
      <span>{text}</span>
      {badge > 0 && <span class="badge">{badge > 999 ? '999+' : number(locale.value, badge)}</span>}
    </button>
  );
}
