import { duration } from '../../../shared/format/time';
import { number } from '../../../shared/format/measure';
import { at } from '../app/api';
import { usePolled } from '../app/polled';
import { locale, words } from '../app/preferences';
import { may } from '../app/session';
import { beat, hubNow } from '../feed/city';
import type { Unit } from '../feed/shapes';

interface VehicleView {
  agentVersion: string | null;
  unsentActions: number;
  oldestUnsent: string | null;
}

const AGAIN_MS = 10_000;

/** How the hub and the unit hear each other. */
export function UnitLink({ unit }: { unit: Unit }) {
  const w = words.value;
  void beat.value;
  const { value } = usePolled<VehicleView>(at('vehicles', unit.id), AGAIN_MS);
  const v = value.value;
  if (!v || !may('vehicles.read') || v.unsentActions === undefined) return null;
  return (
    <section class="card-part">
      <h3>{w.link}</h3>
      <dl class="facts">
        <dt>{w.linkActions}</dt><dd>{number(locale.value, v.unsentActions)}</dd>
        {v.oldestUnsent && (<><dt>{w.linkOldest}</dt><dd>{w.ago(duration(Math.max(0, hubNow() - Date.parse(v.oldestUnsent))))}</dd></>)}
        {v.agentVersion && (<><dt>{w.linkAgent}</dt><dd>{v.agentVersion}</dd></>)}
      </dl>
    </section>
  );
}
