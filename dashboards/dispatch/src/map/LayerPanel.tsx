import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { number } from '../../../shared/format/measure';
import { Icon } from '../../../shared/widgets/Icon';
import { locale, shownTheme, words } from '../app/preferences';
import { serviceIcon, serviceWord, UNIT_STATES, type UnitState, unitWord } from '../app/states';
import { beat, requests } from '../feed/city';
import { figuresOf } from '../queue/queue-filter';
import { drawMark } from './draw-units';
import { type Layers, layers, poles, stateCounts } from './map-layers';
import { readPalette } from './palette';

const change = (part: Partial<Layers>) => {
  layers.value = { ...layers.value, ...part };
};

export function LayerPanel() {
  const open = useSignal(innerWidth >= 1100);
  const w = words.value;
  return (
    <div class="layer-panel">
      <button type="button" class="layer-head" aria-expanded={open.value} onClick={() => (open.value = !open.value)}>
        <Icon name="layers" size={16} /> {w.layers}
        <Icon name="next" size={14} />
      </button>
      {open.value && <LayerList />}
    </div>
  );
}

function LayerList() {
  const w = words.value;
  const shown = layers.value;
  const { counts, replay } = stateCounts.value;
  const { byTab } = figuresOf(requests.value, beat.value);
  const lamps = [0, 0, 0];
  for (const pole of poles.value) lamps[pole.state] = (lamps[pole.state] ?? 0) + 1;
  return (
    <fieldset>
      <legend class="unseen">{w.layers}</legend>
      {UNIT_STATES.map((state) => (
        <Row
          key={state} label={unitWord(w, state)} count={counts[state] ?? 0} on={shown.states[state]} mark={<UnitMark state={state} />}
          onToggle={(on) => change({ states: { ...shown.states, [state]: on } })}
        />
      ))}
      <hr />
      {(['street-light-out', 'pothole'] as const).map((service) => (
        <Row
          key={service} label={serviceWord(w, service)} count={service === 'pothole' ? byTab.potholes : byTab.lights}
          on={shown.services[service] !== false} mark={<Icon name={serviceIcon(service)} size={16} />}
          onToggle={(on) => change({ services: { ...shown.services, [service]: on } })}
        />
      ))}
      <hr />
      <Row
        label={w.layerLights} count={poles.value.length} on={shown.lights} mark={<span class="lamp-dot lit" />}
        onToggle={(on) => change({ lights: on })}
      />
      <p class="layer-hint">
        <span class="lamp-dot lit" /> {w.lampLit} <span class="lamp-dot out" /> {w.lampOut} {number(locale.value, lamps[2] ?? 0)}{' '}
        <span class="lamp-dot" /> {w.lampUnseen}
        <br />
        {w.layerLightsHint}
      </p>
      <Row label={w.layerTrails} on={shown.trails} mark={<span class="trail-mark" />} onToggle={(on) => change({ trails: on })} />
      {replay > 0 && (
        <p class="layer-hint" title={w.replayHint}>
          <span class="trail-mark dotted" /> {w.replay}: {number(locale.value, replay)}
        </p>
      )}
    </fieldset>
  );
}

interface RowProps {
  label: string;
  on: boolean;
  mark: preact.ComponentChildren;
  count?: number;
  onToggle: (on: boolean) => void;
}

function Row({ label, on, mark, count, onToggle }: RowProps) {
  return (
    <label class={`layer-row${on ? '' : ' off'}`}>
      <input type="checkbox" checked={on} onChange={(e) => onToggle(e.currentTarget.checked)} />
      <span class="layer-mark">{mark}</span>
      <span class="layer-label">{label}</span>
      {count !== undefined && <span class="layer-count">{number(locale.value, count)}</span>}
    </label>
  );
}

/** A unit's mark as on the map, so that the list explains the map. */
export function UnitMark({ state, size = 22, course = 40 }: { state: UnitState; size?: number; course?: number }) {
  const ref = useRef<HTMLCanvasElement>(null);
  const theme = shownTheme.value;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new theme means new colours
  useEffect(() => {
    const pen = ref.current?.getContext('2d');
    if (!pen) return;
    const ratio = Math.min(3, devicePixelRatio || 1);
    pen.canvas.width = pen.canvas.height = size * ratio;
    pen.setTransform(ratio, 0, 0, ratio, (size * ratio) / 2, (size * ratio) / 2);
    drawMark(pen, state, state === 'offline' ? -1 : course, readPalette(), (size / 22) * 0.78);
  }, [state, size, course, theme]);
  return <canvas ref={ref} style={{ width: `${size}px`, height: `${size}px` }} aria-hidden="true" />;
}
