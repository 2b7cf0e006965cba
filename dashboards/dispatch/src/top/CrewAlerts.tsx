import { useSignal } from '@preact/signals';
import { duration } from '../../../shared/format/time';
import { Icon } from '../../../shared/widgets/Icon';
import { send } from '../app/api';
import { words } from '../app/preferences';
import { flyTo, select } from '../app/selection';
import { may } from '../app/session';
import { beat, crewAlerts, unitById } from '../feed/city';
import type { CrewAlert } from '../feed/shapes';

/** Crews that call for help: above everything, until somebody has taken it on. */
export function CrewAlerts() {
  return <>{crewAlerts.value.map((alert) => <Call key={alert.id} alert={alert} />)}</>;
}

function Call({ alert: a }: { alert: CrewAlert }) {
  const w = words.value;
  const problem = useSignal('');
  const unit = a.vehicle ? unitById.value.get(a.vehicle)?.name ?? a.vehicle : '';
  const place = a.lat !== null && a.lon !== null ? { lat: a.lat, lon: a.lon, zoom: 17 } : null;
  const acknowledge = async () => {
    try {
      await send(`/api/crew-alerts/${encodeURIComponent(a.id)}/acknowledge`, {});
    } catch (e) {
      problem.value = (e as Error).message;
    }
  };
  const show = () => {
    if (a.vehicle) select({ kind: 'unit', id: a.vehicle });
    if (place) flyTo.value = place;
  };
  return (
    <div class="call-banner" role="alert">
      <Icon name="warning" size={20} />
      <b>{w.crewCalls(a.crewName ?? a.crew ?? unit)}</b>
      <span>{[unit, w.ago(duration(Math.max(0, beat.value - Date.parse(a.at)))), a.note, a.takenBackAt && w.callTakenBack].filter(Boolean).join(' · ')}</span>
      {problem.value && <span>{w.failed(problem.value)}</span>}
      <button type="button" onClick={show}>{w.openInMap}</button>
      {may('orders.write') && <button type="button" class="strong" onClick={() => void acknowledge()}>{w.callTaken}</button>}
    </div>
  );
}
