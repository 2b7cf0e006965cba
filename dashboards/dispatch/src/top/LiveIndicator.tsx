import { age, clock } from '../../../shared/format/time';
import { Icon } from '../../../shared/widgets/Icon';
import { locale, words } from '../app/preferences';
import { mapInfo } from '../app/session';
import { beat, feedState, pulse } from '../feed/city';

export function LiveIndicator() {
  const w = words.value;
  const state = feedState.value;
  void beat.value;
  if (state.kind === 'live') {
    const behind = Date.now() - pulse.lastMs + pulse.delayMs;
    return (
      <span class="live-pill" title={w.feedAge(age(locale.value, behind))}>
        <span class="live-dot" aria-hidden="true" />
        {w.live} · <span class="live-age">{age(locale.value, behind)}</span>
      </span>
    );
  }
  return (
    <span class={`live-pill ${state.kind}`}>
      <span class="live-dot" aria-hidden="true" />
      {w.connecting}
    </span>
  );
}

/** A row of its own, so that it covers nothing. */
export function GoneBanner() {
  const w = words.value;
  const state = feedState.value;
  if (state.kind !== 'gone') return null;
  return (
    <div class="gone-banner" role="alert">
      <Icon name="gone" size={18} />
      <b>{w.hubGone(clock(locale.value, state.sinceMs, mapInfo.value?.timeZone))}</b>
      <span>{w.hubGoneHint}</span>
    </div>
  );
}
