import { megabytes, number } from '../../../shared/format/measure';
import { age, duration, moment } from '../../../shared/format/time';
import { Chip } from '../../../shared/widgets/Chip';
import { at } from '../app/api';
import { usePolled } from '../app/polled';
import { locale, words } from '../app/preferences';
import { mapInfo, may } from '../app/session';
import { beat, hubNow } from '../feed/city';
import type { Unit } from '../feed/shapes';
import type { UnitHealth } from './UnitSensors';

interface VehicleView {
  agentVersion: string | null;
  lastSeen: string | null;
  linkSince: string | null;
  unsent: number;
  unsentActions: number;
  unsentFileBytes: number;
  oldestUnsent: string | null;
  offline: { days: number } | null;
}

const AGAIN_MS = 10_000;

/** How the hub and the unit hear each other. */
export function UnitLink({ unit, health }: { unit: Unit; health: UnitHealth | null }) {
  const w = words.value;
  void beat.value;
  const { value } = usePolled<VehicleView>(at('vehicles', unit.id), AGAIN_MS);
  const v = value.value;
  if (!v || !may('vehicles.read') || v.unsentActions === undefined) return null;
  const ago = (iso: string) => w.ago(duration(Math.max(0, hubNow() - Date.parse(iso))));
  const seconds = (s: number) => age(locale.value, s * 1000);
  return (
    <section class="card-part">
      <h3>{w.link} <Chip color={unit.online ? 'var(--good)' : 'var(--unit-offline)'}>{unit.online ? w.stateOnline : w.stateOffline}</Chip></h3>
      <dl class="facts">
        {v.linkSince && (<><dt>{unit.online ? w.linkUp : w.linkDown}</dt><dd>{moment(locale.value, Date.parse(v.linkSince), hubNow(), mapInfo.value?.timeZone)}</dd></>)}
        {v.lastSeen && (<><dt>{w.linkSeen}</dt><dd>{ago(v.lastSeen)}</dd></>)}
        {health?.live && (<><dt>{w.linkLive}</dt><dd>{w.linkLiveLag(seconds(health.live.lagSeconds), ago(health.live.receivedAt))}</dd></>)}
        <dt>{w.linkActions}</dt><dd>{number(locale.value, v.unsentActions)}</dd>
        <dt>{w.linkRecords}</dt><dd>{number(locale.value, v.unsent)}</dd>
        {v.unsentFileBytes > 0 && (<><dt>{w.linkFiles}</dt><dd>{w.megabytes(megabytes(locale.value, v.unsentFileBytes))}</dd></>)}
        {v.oldestUnsent && (<><dt>{w.linkOldest}</dt><dd>{ago(v.oldestUnsent)}</dd></>)}
        {health?.record && (<><dt title={w.linkLagHint}>{w.linkLag}</dt><dd>{seconds(health.record.lagSeconds)}</dd></>)}
        {v.offline && (<><dt>{w.linkDays}</dt><dd>{w.daysCount(v.offline.days)}</dd></>)}
        {v.agentVersion && (<><dt>{w.linkAgent}</dt><dd>{v.agentVersion}</dd></>)}
      </dl>
      <p class="hint">{w.linkNoSignal}</p>
    </section>
  );
}
