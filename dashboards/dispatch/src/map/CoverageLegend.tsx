import { Icon } from '../../../shared/widgets/Icon';
import { words } from '../app/preferences';
import { coverageMode } from './coverage';

/** What the lines along the streets mean, while they are shown. */
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
    </section>
  );
}
