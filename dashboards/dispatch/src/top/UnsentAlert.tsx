import { Icon } from '../../../shared/widgets/Icon';
import { words } from '../app/preferences';
import { showList } from '../app/selection';
import { waiting } from '../feed/waiting';

/** Seen from every list while something that crews did is not here. */
export function UnsentAlert() {
  const w = words.value;
  const { units, actions, silent } = waiting.value;
  if (units + silent === 0) return null;
  const text = units > 0 ? w.alertUnsent(actions, units) : w.alertSilent(silent);
  return (
    <button type="button" class="alert-pill" title={[units > 0 && text, silent > 0 && w.alertSilent(silent)].filter(Boolean).join('; ')} onClick={() => showList('unsent')}>
      <Icon name="upload" size={16} />
      <span class="alert-count" aria-hidden="true">{units + silent}</span>
      <span class="alert-text">{text}</span>
    </button>
  );
}
