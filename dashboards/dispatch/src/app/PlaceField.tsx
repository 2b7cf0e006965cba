import type { Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Icon } from '../../../shared/widgets/Icon';
import { Field, Line } from './form';
import { endPick, pick, picking, spot } from './pick';
import { words } from './preferences';

/** "42.37, -71.1" as degrees; null while it is not that. */
export function placeOf(text: string): { lat: number; lon: number } | null {
  const [lat, lon, ...more] = text.split(/[\s,;]+/).filter(Boolean).map(Number);
  return lat !== undefined && lon !== undefined && more.length === 0 && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && !(lat === 0 && lon === 0) ? { lat, lon } : null;
}

/** A place: by a click on the map, or typed as degrees. */
export function PlaceField({ text, error }: { text: Signal<string>; error?: string }) {
  const w = words.value;
  useEffect(() => {
    spot.value = placeOf(text.peek());
    return endPick;
  }, []);
  const choose = () => {
    pick(({ lat, lon }) => (text.value = `${lat.toFixed(6)}, ${lon.toFixed(6)}`));
  };
  return (
    <Field label={w.place} wide hint={picking.value ? w.placePick : w.placeHint} error={error ?? ''}>
      {(tie) => (
        <span class="place-field">
          <Line {...tie} text={text} required placeholder="42.3736, -71.1097" autocomplete="off" />
          <button type="button" class={`secondary small${picking.value ? ' on' : ''}`} aria-pressed={picking.value !== null} onClick={() => (picking.value ? endPick() : choose())}>
            <Icon name="pin" size={15} /> {w.placeOnMap}
          </button>
        </span>
      )}
    </Field>
  );
}
