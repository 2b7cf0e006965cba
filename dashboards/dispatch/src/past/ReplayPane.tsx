import { signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { distance, number, speed } from '../../../shared/format/measure';
import { clockTime, dayOf, duration } from '../../../shared/format/time';
import { Icon } from '../../../shared/widgets/Icon';
import { draft } from '../app/drafts';
import { Empty } from '../app/Empty';
import { Choice, Field, Line, Problem, useStep } from '../app/form';
import { locale, words } from '../app/preferences';
import { filtersOf, flyTo, setFilters } from '../app/selection';
import { mapInfo } from '../app/session';
import { hubNow, units } from '../feed/city';
import { legsOf, readDay, replayOf, type UnitDay } from './read-day';
import { endReplay, placeAt, playing, replay, replayAt, startReplay } from './replay';

/** Units of one replay: each is a question of its own, with the reason in the log. */
const MOST = 60;
const days = signal<UnitDay[]>([]);

/** A day of the past on the map, with its trips and stops. */
export function ReplayPane() {
  const w = words.value;
  const zone = mapInfo.value?.timeZone;
  const query = filtersOf('replay');
  const unit = draft('replay/unit', query.unit ?? '');
  const day = draft('replay/day', query.day ?? dayOf(hubNow(), zone));
  const reason = draft('replay/reason');
  const step = useStep(['day', 'reason']);
  const read = useSignal(0);
  useEffect(() => {
    if (query.unit) unit.value = query.unit;
    if (query.day) day.value = query.day;
  }, [query.unit, query.day]);
  const sorted = [...units.value].sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  const load = async () => {
    const wished = (unit.value ? sorted.filter((u) => u.id === unit.value) : sorted.filter((u) => u.kind === 'crewed')).slice(0, MOST);
    read.value = 0;
    await step.run(async () => {
      const found: Awaited<ReturnType<typeof readDay>>[] = [];
      for (const u of wished) {
        found.push(await readDay(u, day.value, reason.value.trim()));
        read.value = found.length / wished.length;
      }
      days.value = found.map((f) => f.day);
      const driven = found.filter((f) => f.track.t.length > 0);
      if (driven.length === 0) throw new Error(w.replayNothing);
      startReplay(replayOf(day.value, driven));
      const [only] = driven;
      if (driven.length === 1 && only) flyTo.value = { lat: only.track.lat[0] ?? 0, lon: only.track.lon[0] ?? 0, zoom: 14.5 };
      setFilters('replay', { ...(unit.value ? { unit: unit.value } : {}), day: day.value });
    });
  };
  const wrong = step.fields.value;
  return (
    <>
      <header class="list-head">
        <h2>{w.navReplay}</h2>
        {replay.value && <button type="button" class="secondary small push" onClick={endReplay}><Icon name="cross" size={14} /> {w.replayEnd}</button>}
      </header>
      <div class="plain-list">
        <form
          class="form pad"
          onSubmit={(e) => {
            e.preventDefault();
            void load();
          }}
        >
          <Field label={w.day} error={wrong.day ?? ''}>{(tie) => <Line {...tie} text={day} type="date" required />}</Field>
          <Field label={w.unit}>
            {(tie) => (
              <Choice {...tie} text={unit}>
                <option value="">{w.allCrewed}</option>
                {sorted.map((u) => <option key={u.id} value={u.id}>{u.name}</option>)}
              </Choice>
            )}
          </Field>
          <Field label={w.replayWhy} hint={w.replayWhyHint} wide error={wrong.reason ?? ''}>{(tie) => <Line {...tie} text={reason} required maxLength={200} />}</Field>
          <button type="submit" class="primary wide" disabled={step.busy.value}>
            <Icon name="replay" size={16} /> {step.busy.value ? w.replayReading(Math.round(read.value * 100)) : w.replayShow}
          </button>
          <Problem step={step} />
        </form>
        {replay.value === null && !step.busy.value && <Empty icon="replay" text={w.replayEmpty} hint={w.replayEmptyHint} />}
        {replay.value && days.value.map((d) => <Day key={d.unit} day={d} open={days.value.length === 1} />)}
      </div>
    </>
  );
}

function Day({ day: d, open }: { day: UnitDay; open: boolean }) {
  const w = words.value;
  const zone = mapInfo.value?.timeZone;
  const track = replay.value?.tracks.find((t) => t.unit === d.unit);
  const name = track?.name ?? d.unit;
  const far = distance(locale.value, d.trips.reduce((sum, t) => sum + t.distanceM, 0));
  const time = (iso: string) => clockTime(locale.value, Date.parse(iso), zone);
  const jump = (from: string, lat: number, lon: number) => {
    playing.value = false;
    replayAt.value = Date.parse(from);
    flyTo.value = { lat, lon, zoom: 16.5 };
  };
  return (
    <details class="day" open={open}>
      <summary>
        <b>{name}</b>
        <span class="hint">{w.dayTotals(d.trips.length, d.stops.length, `${far.value} ${far.unit}`)}</span>
      </summary>
      {d.truncated && <p class="hint soon pad-line">{w.dayTruncated}</p>}
      {legsOf(d).length === 0 && <p class="hint pad-line">{w.dayNone}</p>}
      <ol>
        {legsOf(d).map((l) => {
          const long = duration(Date.parse(l.leg.to) - Date.parse(l.leg.from));
          const go = l.kind === 'trip' ? distance(locale.value, l.leg.distanceM) : null;
          const top = l.kind === 'trip' ? speed(locale.value, l.leg.topSpeedMps) : null;
          const [lat, lon] = l.kind === 'trip' ? [l.leg.startLat, l.leg.startLon] : [l.leg.lat, l.leg.lon];
          return (
            <li key={l.kind + l.leg.from}>
              <button type="button" onClick={() => jump(l.leg.from, lat, lon)}>
                <Icon name={l.kind === 'trip' ? 'route' : 'pause'} size={15} />
                <span class="leg-time">{time(l.leg.from)}–{time(l.leg.to)}</span>
                <span>
                  {l.kind === 'trip' ? w.trip(`${go?.value} ${go?.unit}`, `${top?.value} ${top?.unit}`) : w.stop(long)}
                  {l.kind === 'stop' && l.leg.unseenSeconds ? <i>{w.unseenFor(duration(l.leg.unseenSeconds * 1000))}</i> : null}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </details>
  );
}

/** How many units are somewhere at the moment that is shown. */
export const shownUnits = () => number(locale.value, replay.value?.tracks.filter((t) => placeAt(t, replayAt.value) !== null).length ?? 0);
