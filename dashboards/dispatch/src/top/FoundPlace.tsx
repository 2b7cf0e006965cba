import { useEffect } from 'preact/hooks';
import { Icon } from '../../../shared/widgets/Icon';
import { spot } from '../app/pick';
import { foundPlace, placeDetail } from '../app/places';
import { words } from '../app/preferences';
import { flyTo } from '../app/selection';
import { may } from '../app/session';
import { requestAt } from '../queue/RequestQueue';

/** The place that somebody looked up, over the map: a request can be opened there. */
export function FoundPlace() {
  const w = words.value;
  const p = foundPlace.value;
  useEffect(() => {
    if (!p) return;
    const shown = { lat: p.lat, lon: p.lon };
    spot.value = shown;
    return () => {
      // A form may have taken it over.
      if (spot.peek() === shown) spot.value = null;
    };
  }, [p]);
  if (!p) return null;
  return (
    <section class="found-place" aria-label={p.text}>
      <button type="button" class="link" onClick={() => (flyTo.value = { lat: p.lat, lon: p.lon, zoom: 17 })}><Icon name="pin" size={16} /> <b>{p.text}</b></button>
      <span class="hint">{placeDetail(p)}</span>
      {may('requests.write') && (
        <button
          type="button" class="primary small"
          onClick={() => {
            foundPlace.value = null;
            requestAt(p);
          }}
        >
          <Icon name="plus" size={15} /> {w.newHere}
        </button>
      )}
      <button type="button" class="icon-button" aria-label={w.closeIt} title={w.closeIt} onClick={() => (foundPlace.value = null)}><Icon name="cross" size={15} /></button>
    </section>
  );
}
