import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { number } from '../../../shared/format/measure';
import { Icon } from '../../../shared/widgets/Icon';
import { locale, shownTheme, words } from '../app/preferences';
import { serviceIcon, serviceWord, UNIT_STATES, type UnitState, unitWord } from '../app/states';
import { figures } from '../queue/figures';
import { drawMark } from './draw-units';
import { LAMP, type Layers, layers, poles, stateCounts } from './map-layers';
import { readPalette } from './palette';
import { works } from './works';

const change = (part: Partial<Layers>) => {
  layers.value = { ...layers.value, ...part };
};

/** What the map shows, as chips: legend, counts and switches in one row. */
export function LayerPanel() {
  const w = words.value;
  const shown = layers.value;
  const { counts, replay } = stateCounts.value;
  const { byService } = figures.value;
  return (
    <fieldset class="layer-panel">
      <legend class="unseen">{w.layers}</legend>
      {UNIT_STATES.map((state) => (
        <Chip
          key={state} label={unitWord(w, state)} count={counts[state] ?? 0} on={shown.states[state]} mark={<UnitMark state={state} />}
          onToggle={(on) => change({ states: { ...shown.states, [state]: on } })}
        />
      ))}
      {(['street-light-out', 'pothole'] as const).map((service) => (
        <Chip
          key={service} label={serviceWord(w, service)} count={byService[service] ?? 0}
          on={shown.services[service] !== false} mark={<Icon name={serviceIcon(service)} size={15} />}
          onToggle={(on) => change({ services: { ...shown.services, [service]: on } })}
        />
      ))}
      <LightsChip />
      {works.value.length > 0 && (
        <Chip label={w.layerWorks} count={works.value.length} on={shown.works} mark={<span class="works-mark" />} hint={w.layerWorksHint} onToggle={(on) => change({ works: on })} />
      )}
      <Chip label={w.layerTrails} on={shown.trails} mark={<span class="trail-mark" />} onToggle={(on) => change({ trails: on })} />
      {replay > 0 && (
        <span class="layer-chip quiet" title={w.replayHint}>
          <span class="trail-mark dotted" /> {w.replay} <span class="layer-count">{number(locale.value, replay)}</span>
        </span>
      )}
    </fieldset>
  );
}

/** All street lights, and how many of them are out. */
function LightsChip() {
  const w = words.value;
  const lamps: number[] = [];
  for (const pole of poles.value) lamps[pole.state] = (lamps[pole.state] ?? 0) + 1;
  const say = (n: number, what: string) => `${number(locale.value, n)} ${what}`;
  const { neverBurned, partial, dim, cycling } = w.lightStates;
  const hint = [[LAMP.lit, w.lampLit], [LAMP.out, w.lampOut], [LAMP.suspected, w.lampSuspected], [LAMP.partial, partial], [LAMP.dim, dim], [LAMP.cycling, cycling],
    [LAMP.neverBurned, neverBurned], [LAMP.unseen, w.lampUnseen]] as const;
  const out = lamps[LAMP.out] ?? 0;
  return (
    <Chip
      label={w.layerLights} count={poles.value.length} on={layers.value.lights} mark={<span class="lamp-dot lit" />}
      hint={`${hint.filter(([state]) => lamps[state]).map(([state, what]) => say(lamps[state] ?? 0, what)).join(' · ')}; ${w.layerLightsHint}`}
      onToggle={(on) => change({ lights: on })}
    >
      {out > 0 && <span class="layer-out"><span class="lamp-dot out" /> {say(out, w.lampOut)}</span>}
    </Chip>
  );
}

interface ChipProps {
  label: string;
  on: boolean;
  mark: ComponentChildren;
  count?: number;
  hint?: string;
  children?: ComponentChildren;
  onToggle: (on: boolean) => void;
}

function Chip({ label, on, mark, count, hint, children, onToggle }: ChipProps) {
  return (
    <label class={`layer-chip${on ? '' : ' off'}`} title={hint ?? label}>
      <input type="checkbox" class="unseen" checked={on} onChange={(e) => onToggle(e.currentTarget.checked)} />
      <span class="layer-mark">{mark}</span>
      <span class="layer-label">{label}</span>
      {count !== undefined && <span class="layer-count">{number(locale.value, count)}</span>}
      {children}
    </label>
  );
}

/** A unit's mark as on the map, so that the list explains the map. */
export function UnitMark({ state, size = 22, course = 40 }: { state: UnitState; size?: number; course?: number }) {
  const ref = useRef<HTMLCanvasElement>(null);
  const theme = shownTheme.value;
  useEffect(() => {
    const pen = ref.current?.getContext('2d');
    if (!pen) return;
    const ratio = Math.min(3, devicePixelRatio || 1);
    pen.canvas.width = pen.canvas.height = size * ratio;
    pen.setTransform(ratio, 0, 0, ratio, (size * ratio) / 2, (size * ratio) / 2);
    drawMark(pen, state, state === 'offline' ? -1 : course, readPalette(), (size / 22) * 0.78);
  }, [state, size, course, theme]);
  return (
    <span aria-hidden="true">
      <canvas ref={ref} style={{ display: 'block', width: `${size}px`, height: `${size}px` }} />
    </span>
  );
}
