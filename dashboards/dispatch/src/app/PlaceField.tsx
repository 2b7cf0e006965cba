import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { Icon } from '../../../shared/widgets/Icon';
import { Field } from './form';
import { endPick, pick, picking, spot } from './pick';
import { findPlaces, type Place, placeDetail, placeOf, usePlaces, written } from './places';
import { words } from './preferences';
import { flyTo } from './selection';

/** Degrees of what stands in the field; a name that the city's map knows exactly becomes its place. */
export async function placeIn(text: Signal<string>): Promise<{ lat: number; lon: number } | null> {
  const known = placeOf(text.peek());
  if (known || text.peek().trim() === '') return known;
  const [best] = await findPlaces(text.peek().trim()).catch(() => []);
  if (!best?.exact || best.kind === 'street') return null;
  text.value = written(best);
  spot.value = { lat: best.lat, lon: best.lon };
  return spot.value;
}

/** A place: by its address, by a click on the map, or typed as degrees. */
export function PlaceField({ text, error }: { text: Signal<string>; error?: string }) {
  const w = words.value;
  const list = useId();
  const at = useSignal(-1);
  const shut = useSignal(false);
  const typed = placeOf(text.value) ? '' : text.value;
  const places = usePlaces(typed);
  const offered = shut.value || typed === '' ? [] : (places ?? []);
  useEffect(() => {
    spot.value = placeOf(text.peek());
    return endPick;
  }, []);
  const choose = () => {
    pick(({ lat, lon }) => (text.value = `${lat.toFixed(6)}, ${lon.toFixed(6)}`));
  };
  const take = (p: Place) => {
    text.value = written(p);
    spot.value = { lat: p.lat, lon: p.lon };
    flyTo.value = { lat: p.lat, lon: p.lon, zoom: 17 };
    at.value = -1;
  };
  const onKey = (event: KeyboardEvent) => {
    if (offered.length === 0) return;
    const chosen = offered[at.value];
    if (event.key === 'ArrowDown') at.value = Math.min(offered.length - 1, at.value + 1);
    else if (event.key === 'ArrowUp') at.value = Math.max(-1, at.value - 1);
    else if (event.key === 'Enter' && chosen) take(chosen);
    else if (event.key === 'Escape') shut.value = true;
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const none = typed.trim().length >= 3 && places?.length === 0 && !/^[\d\s.,;-]+$/.test(typed);
  return (
    <Field label={w.place} wide hint={picking.value ? w.placePick : none ? w.placeNone : w.placeHint} error={error ?? ''}>
      {(tie) => (
        <span class="place-field">
          <span class="place-typed">
            <input
              {...tie} type="text" required placeholder="125 Inman St" autocomplete="off" spellcheck={false} value={text.value}
              role="combobox" aria-autocomplete="list" aria-expanded={offered.length > 0} aria-controls={list} aria-activedescendant={at.value >= 0 ? `${list}-${at.value}` : undefined}
              onInput={(e) => {
                text.value = e.currentTarget.value;
                at.value = -1;
                shut.value = false;
              }}
              onBlur={() => (shut.value = true)} onFocus={() => (shut.value = false)} onKeyDown={onKey}
            />
            {offered.length > 0 && (
              <div class="hits" id={list} role="listbox" aria-label={w.placesFound(offered.length)}>
                {offered.map((p, i) => (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the input takes the keys
                  <div
                    key={written(p)} id={`${list}-${i}`} role="option" tabIndex={-1} aria-selected={i === at.value} class={i === at.value ? 'cursor' : ''}
                    onMouseDown={(e) => e.preventDefault()} onClick={() => take(p)}
                  >
                    <Icon name="pin" size={15} /> <b>{p.text}</b> <span>{placeDetail(p)}</span>
                  </div>
                ))}
              </div>
            )}
          </span>
          <button type="button" class={`secondary small${picking.value ? ' on' : ''}`} aria-pressed={picking.value !== null} onClick={() => (picking.value ? endPick() : choose())}>
            <Icon name="pin" size={15} /> {w.placeOnMap}
          </button>
        </span>
      )}
    </Field>
  );
}
