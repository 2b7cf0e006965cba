import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../../shared/widgets/Icon';
import { ask } from '../app/api';
import { foundPlace, type Place, placeDetail, usePlaces, written } from '../app/places';
import { words } from '../app/preferences';
import { flyTo, list, select, showList } from '../app/selection';
import { views } from '../app/views';
import { requestByNumber, requests, unitById, units } from '../feed/city';
import type { RequestSummary } from '../feed/shapes';
import { selectUnit } from '../lists/UnitList';
import { asksForPlace, type Hit, search } from './search';

function open(hit: Hit, places: readonly Place[]) {
  if (hit.kind === 'place') {
    const place = places.find((p) => written(p) === hit.id);
    if (!place) return;
    // A report lies over the map.
    if (views[list.peek()].wide) showList('requests');
    foundPlace.value = place;
    flyTo.value = { lat: place.lat, lon: place.lon, zoom: 17 };
    return;
  }
  if (hit.kind === 'unit') {
    const unit = unitById.value.get(hit.id);
    if (unit) selectUnit(unit);
    return;
  }
  const request = requestByNumber.value.get(hit.id);
  select({ kind: 'request', id: hit.id });
  if (request) flyTo.value = { lat: request.lat, lon: request.lon };
}

const MOST = 14;
/** So many places leave room for what lies there. */
const MOST_PLACES = 5;
const PAUSE_MS = 250;

/** What the hub finds beyond the live picture, such as requests that closed long ago; asked once the typing rests. */
function useFarther(query: string): Hit[] {
  const found = useSignal<Hit[]>([]);
  useEffect(() => {
    found.value = [];
    if (query.trim().length < 3) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      ask<{ items: RequestSummary[] }>(`/api/requests?${new URLSearchParams({ q: query.trim(), limit: '8' })}`, { signal: stop.signal })
        .then(({ items }) => (found.value = items.map((r) => ({ kind: 'request', id: r.number, title: r.title, detail: `${r.number} · ${r.address ?? ''}` }))))
        // The live picture answers alone then.
        .catch(() => undefined);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query]);
  return found.value;
}

export function SearchBox() {
  const w = words.value;
  const input = useRef<HTMLInputElement>(null);
  const query = useSignal('');
  const at = useSignal(0);
  const farther = useFarther(query.value);
  const near = query.value.trim() ? search(query.value, requests.value, units.value) : [];
  const places = usePlaces(query.value) ?? [];
  const placed: Hit[] = places.slice(0, MOST_PLACES).map((p) => ({ kind: 'place', id: written(p), title: p.text, detail: placeDetail(p) }));
  const things = [...near, ...farther.filter((f) => !near.some((h) => h.id === f.id))].slice(0, MOST - placed.length);
  const hits = asksForPlace(query.value) ? [...placed, ...things] : [...things, ...placed];
  const showing = query.value.trim() !== '';
  const choose = (hit: Hit | undefined) => {
    if (!hit) return;
    open(hit, places);
    query.value = '';
    input.current?.blur();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') at.value = Math.min(hits.length - 1, at.value + 1);
    else if (event.key === 'ArrowUp') at.value = Math.max(0, at.value - 1);
    else if (event.key === 'Enter') choose(hits[at.value]);
    else if (event.key === 'Escape') {
      query.value = '';
      input.current?.blur();
    } else return;
    event.preventDefault();
  };
  return (
    <search class="search">
      <Icon name="search" size={17} />
      <input
        ref={input} type="text" inputMode="search" role="combobox" value={query.value} placeholder={w.search} aria-label={w.search}
        aria-expanded={showing} aria-controls="search-hits" aria-autocomplete="list" autocomplete="off" spellcheck={false}
        aria-activedescendant={hits.length > 0 ? `hit-${at.value}` : undefined}
        onInput={(e) => {
          query.value = e.currentTarget.value;
          at.value = 0;
        }}
        onKeyDown={onKey}
      />
      <kbd>/</kbd>
      {showing && (
        <div class="hits" id="search-hits" role="listbox" aria-label={w.searchResults(hits.length)}>
          {hits.length === 0 && <p class="hint" role="status">{w.noMatch}</p>}
          {hits.map((hit, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the input takes the keys
            <div
              key={hit.kind + hit.id} id={`hit-${i}`} role="option" tabIndex={-1} aria-selected={i === at.value}
              class={i === at.value ? 'cursor' : ''} onMouseDown={(e) => e.preventDefault()} onClick={() => choose(hit)}
            >
              <Icon name={hit.kind === 'place' ? 'pin' : hit.kind} size={16} />
              <b>{hit.title}</b>
              <span>{hit.detail}</span>
            </div>
          ))}
        </div>
      )}
    </search>
  );
}
