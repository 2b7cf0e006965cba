import { useSignal } from '@preact/signals';
import { Fragment } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Words } from '../../../shared/words/dispatch';
import { number } from '../../../shared/format/measure';
import { duration } from '../../../shared/format/time';
import { Chip } from '../../../shared/widgets/Chip';
import { Sparkline } from '../../../shared/widgets/Sparkline';
import { locale, words } from '../app/preferences';
import { hubNow } from '../feed/city';

/** The newest health record and what the newest live position says of the sensors; neither has a place. */
export interface UnitHealth {
  record: {
    at: string;
    receivedAt: string;
    lagSeconds: number;
    ignition: boolean | null;
    cpuTemperatureC: number | null;
    diskFreeBytes: number | null;
    sources: Record<string, string>;
    road?: string | null;
  } | null;
  live: { receivedAt: string; lagSeconds: number; hdop: number | null; lux: number | null; shockMps2: number | null } | null;
}

const SHOWN = ['position', 'motion', 'light'];
/** A few minutes of live values. */
const KEPT = 120;

/** Which sensors work, and what they show just now. */
export function UnitSensors({ id, health: h }: { id: string; health: UnitHealth | null }) {
  const w = words.value;
  const trace = useSignal<readonly { lux: number | null; shock: number | null }[]>([]);
  const last = h?.live?.receivedAt;
  useEffect(() => {
    trace.value = [];
  }, [id]);
  useEffect(() => {
    if (h?.live && last) trace.value = [...trace.peek().slice(1 - KEPT), { lux: h.live.lux, shock: h.live.shockMps2 }];
  }, [last]);
  if (!h) return null;
  const r = h.record;
  const names: Record<string, string> = { position: w.sensorGps, motion: w.sensorMotion, light: w.sensorLight };
  const sources = [...SHOWN, ...Object.keys(r?.sources ?? {}).filter((s) => !SHOWN.includes(s))].filter((s) => r?.sources[s] !== undefined);
  const lux = trace.value.map((t) => t.lux).filter((v) => v !== null);
  const shock = trace.value.map((t) => t.shock).filter((v) => v !== null);
  return (
    <section class="card-part">
      <h3>{w.sensors}</h3>
      {!r && <p class="hint">{w.healthNone}</p>}
      <dl class="facts">
        {sources.map((s) => {
          const [state, why] = stateOf(w, r?.sources[s] ?? '');
          return (
            <Fragment key={s}>
              <dt>{names[s] ?? s}</dt>
              <dd><Chip color={state === w.sensorWorks ? 'var(--good)' : 'var(--late)'}>{state}</Chip> {[why, now(w, s, h)].filter(Boolean).join(' · ')}</dd>
            </Fragment>
          );
        })}
        {r?.road && <><dt>{w.coverRoad}</dt><dd>{r.road}</dd></>}
        {r && (r.cpuTemperatureC !== null || r.diskFreeBytes !== null) && (
          <>
            <dt>{w.computer}</dt>
            <dd>{[
              r.cpuTemperatureC !== null && `${number(locale.value, r.cpuTemperatureC)} °C`, r.diskFreeBytes !== null && w.diskFree(number(locale.value, r.diskFreeBytes / 1e9, 1)),
              r.ignition !== null && (r.ignition ? w.ignitionOn : w.ignitionOff),
            ].filter(Boolean).join(' · ')}</dd>
          </>
        )}
      </dl>
      {r && <p class="hint">{w.healthAsOf(w.ago(duration(Math.max(0, hubNow() - Date.parse(r.at)))))}</p>}
      {(lux.length > 1 || shock.length > 1) && (
        <>
          <h4>{w.liveTrace}</h4>
          {shock.length > 1 && <><Sparkline values={shock} label={w.shockTrace} color="var(--unit-sensing)" height={40} /><p class="observation-detail">{w.shockTrace} · {w.nowShock(number(locale.value, shock.at(-1) ?? 0, 1))}</p></>}
          {lux.length > 1 && <><Sparkline values={lux} label={w.evLux} color="var(--lamp-lit)" height={40} /><p class="observation-detail">{w.evLux} · {w.nowLux(number(locale.value, lux.at(-1) ?? 0, 1))}</p></>}
        </>
      )}
    </section>
  );
}

/** "stale: no message for 12 s" in the reader's words, and the vehicle's own reason. */
function stateOf(w: Words, text: string): [string, string] {
  const [state = '', ...why] = text.split(': ');
  return [{ ok: w.sensorWorks, stale: w.sensorStale, missing: w.sensorMissing, unknown: w.sensorUnknown }[state] ?? state, why.join(': ')];
}

function now(w: Words, source: string, h: UnitHealth): string {
  const l = h.live;
  if (source === 'position' && l?.hdop) return `${w.hdop(number(locale.value, l.hdop, 1))}, ${l.hdop <= 2 ? w.fixGood : l.hdop <= 5 ? w.fixFair : w.fixPoor}`;
  if (source === 'light' && l && l.lux !== null) return w.nowLux(number(locale.value, l.lux, 1));
  if (source === 'motion' && l && l.shockMps2 !== null) return w.nowShock(number(locale.value, l.shockMps2, 1));
  return '';
}
