import { moment } from '../../../shared/format/time';
import { Icon } from '../../../shared/widgets/Icon';
import { locale, words } from '../app/preferences';
import { mapInfo } from '../app/session';
import { hubNow } from '../feed/city';
import { about, coverageMode, type Drawn, pointed } from './coverage';

/** What the lines along the streets mean, while they are shown; and of one street, when it was sensed. */
export function CoverageLegend() {
  const w = words.value;
  const mode = coverageMode.value;
  if (mode === 'off') return null;
  return (
    <section class="coverage-legend" aria-label={w.navCoverage}>
      <b>{mode === 'road' ? w.coverRoad : w.coverLamp}</b>
      {mode === 'road' && <span><span class="cover-ramp" aria-hidden="true" /> {w.coverSmooth} – {w.coverRough}</span>}
      {mode === 'lamp' && <span><span class="cover-line" aria-hidden="true" /> {w.coverSensed}</span>}
      <span><span class="cover-line never" aria-hidden="true" /> {w.coverNever}</span>
      <button type="button" class="icon-button" aria-label={w.closeIt} title={w.closeIt} onClick={() => (coverageMode.value = 'off')}><Icon name="cross" size={15} /></button>
      <p class="hint">{pointed.value ? <Street s={pointed.value} lamps={mode === 'lamp'} /> : w.coverHover}</p>
    </section>
  );
}

function Street({ s, lamps }: { s: Drawn; lamps: boolean }) {
  const w = words.value;
  const [last, passes] = lamps ? [s.lastLamp, s.lampPasses] : [s.lastRoad, s.roadPasses];
  const parts = last && passes > 0
    ? [`${w.coverWhen} ${moment(locale.value, Date.parse(last), hubNow(), mapInfo.value?.timeZone)}`, w.coverPasses(passes), !lamps && about(w, locale.value, s)]
    : [w.coverNever];
  return <><b>{s.street}</b>: {parts.filter(Boolean).join(' · ')}</>;
}
