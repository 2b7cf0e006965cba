import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { fullMoment } from '../../../shared/format/time';
import { locale, words } from '../app/preferences';
import { mapInfo, person } from '../app/session';
import { serviceName } from '../app/catalogue';
import { orderWord, titleOf } from '../app/states';
import { hubNow, picture, unitById } from '../feed/city';
import type { CrewSummary, OrderSummary } from '../feed/shapes';
import { inOrderOfRoad } from './road-order';

interface Sheet {
  crew: CrewSummary;
  orders: readonly OrderSummary[];
}

const sheet = signal<Sheet | null>(null);

/** Puts a crew's day on paper. */
export function printSheet(what: Sheet) {
  sheet.value = what;
}

/** A day on paper, for a crew without a screen: room to write down when and what. Only on paper is it seen. */
export function RouteSheet() {
  const w = words.value;
  const s = sheet.value;
  useEffect(() => {
    if (!s) return;
    document.body.classList.add('prints-sheet');
    const done = () => {
      document.body.classList.remove('prints-sheet');
      sheet.value = null;
    };
    addEventListener('afterprint', done, { once: true });
    print();
    return () => removeEventListener('afterprint', done);
  }, [s]);
  if (!s) return null;
  const zone = mapInfo.value?.timeZone;
  const unit = s.crew.vehicle ? unitById.value.get(s.crew.vehicle) : undefined;
  const motion = unit && picture.places.get(unit.n)?.motion;
  return (
    <section class="sheet" aria-label={w.routeSheet}>
      <header>
        <h1>{w.routeSheet}: {s.crew.name}</h1>
        <p>{[unit?.name, mapInfo.value?.city, w.printed(fullMoment(locale.value, hubNow(), zone), person.value?.name ?? '')].filter(Boolean).join(' · ')}</p>
      </header>
      <ol>
        {inOrderOfRoad(s.orders, motion ?? null).map((o, i) => (
          <li key={o.id}>
            <p class="sheet-top"><b>{i + 1}. {titleOf(w, o)}</b><span>{w.priority(o.priority)}</span></p>
            <p class="sheet-place">{o.address ?? `${o.lat.toFixed(5)}, ${o.lon.toFixed(5)}`}</p>
            <p>{[o.number, o.request, serviceName(o.service), orderWord(w, o.state), o.targetAt && `${w.targetDate} ${fullMoment(locale.value, Date.parse(o.targetAt), zone)}`].filter(Boolean).join(' · ')}</p>
            <p class="sheet-lines"><span>{w.orderArrived}</span><span>{w.orderComplete}</span><span>{w.note}</span></p>
          </li>
        ))}
      </ol>
    </section>
  );
}
