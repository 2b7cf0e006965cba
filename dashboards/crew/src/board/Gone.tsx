import { clockTime } from '../../../shared/format/time';
import { Glyph } from '../parts/Glyph';
import { locale, words } from '../state/preferences';
import { goneSince } from '../state/stream';

/** The vehicle computer does not answer: since when, and that the picture is the last one. */
export function Gone() {
  const since = goneSince.value;
  if (since === null) return null;
  const w = words.value;
  return (
    <div class="gone" role="alert">
      <Glyph name="gone" size={36} />
      <p><b>{w.agentGone}</b> {w.agentGoneHint(clockTime(locale.value, since))}</p>
    </div>
  );
}
