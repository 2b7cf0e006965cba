import { number } from '../../../shared/format/measure';
import { moment } from '../../../shared/format/time';
import { locale, words } from '../app/preferences';
import { flyTo } from '../app/selection';
import { mapInfo } from '../app/session';
import { crewById, hubNow } from '../feed/city';
import type { OrderDetail } from '../feed/shapes';

/** Where something was repaired, one line a place. */
export function OrderPoints({ detail: d }: { detail: OrderDetail }) {
  const w = words.value;
  const points = d.points ?? [];
  if (points.length === 0) return null;
  return (
    <section class="card-part">
      <h3>{w.repairPoints}<span class="tally">{number(locale.value, points.length)}</span></h3>
      <table class="lines">
        <tbody>
          {points.map((p, i) => (
            <tr key={`${p.at}${i}`}>
              <td>{moment(locale.value, Date.parse(p.at), hubNow(), mapInfo.value?.timeZone)}</td>
              <th scope="row">{[p.type ?? p.stop, p.note].filter(Boolean).join(': ') || w.repairPoint}</th>
              <td>{number(locale.value, p.quantity, p.quantity % 1 === 0 ? 0 : 1)} {p.unit ?? ''}</td>
              <td class="num">
                {p.lat !== null && p.lon !== null && (
                  <button type="button" class="link" onClick={() => (flyTo.value = { lat: p.lat ?? 0, lon: p.lon ?? 0, zoom: 18 })}>
                    {w.onMap}<span class="unseen"> {i + 1}</span>
                  </button>
                )}
                <span class="unseen">{p.crew ? crewById.value.get(p.crew)?.name : ''}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
