import { clock } from '../../../shared/format/time';
import { Icon } from '../../../shared/widgets/Icon';
import { useKeys } from '../app/keys';
import { locale, words } from '../app/preferences';
import { mapInfo } from '../app/session';
import { endReplay, PACES, pace, playing, replay, replayAt } from './replay';

const STEP_MS = 60_000;

/** The scrubber at the foot of the map; it also says that this is not now. */
export function ReplayBar() {
  const w = words.value;
  const shown = replay.value;
  const toggle = () => {
    if (!shown) return;
    if (replayAt.peek() >= shown.to) replayAt.value = shown.from;
    playing.value = !playing.peek();
  };
  const move = (ms: number) => {
    if (shown) replayAt.value = Math.max(shown.from, Math.min(shown.to, replayAt.peek() + ms));
  };
  useKeys([
    { key: 'k', say: (words) => words.replayPlay, run: toggle },
    { key: ',', say: (words) => words.replayBack, run: () => move(-STEP_MS) },
    { key: '.', say: (words) => words.replayForth, run: () => move(STEP_MS) },
  ], shown !== null);
  if (!shown) return null;
  const zone = mapInfo.value?.timeZone;
  const title = w.replayOf(new Date(`${shown.day}T12:00:00Z`).toLocaleDateString(locale.value, { dateStyle: 'medium', timeZone: 'UTC' }));
  const time = clock(locale.value, replayAt.value, zone);
  return (
    <section class="replay-bar" aria-label={title}>
      <button type="button" class="primary play" aria-label={playing.value ? w.replayPause : w.replayPlay} title={playing.value ? w.replayPause : w.replayPlay} onClick={toggle}>
        <Icon name={playing.value ? 'pause' : 'play'} size={18} />
      </button>
      <div class="replay-time"><b>{time}</b><span>{title}</span></div>
      <input
        type="range" min={shown.from} max={shown.to} step={1000} value={replayAt.value} aria-label={w.replayTime} aria-valuetext={time}
        onInput={(e) => (replayAt.value = e.currentTarget.valueAsNumber)}
      />
      <label>
        <span class="unseen">{w.replayPace}</span>
        <select value={String(pace.value)} onChange={(e) => (pace.value = Number(e.currentTarget.value))}>{PACES.map((p) => <option key={p} value={String(p)}>{p}×</option>)}</select>
      </label>
      <button type="button" class="icon-button" aria-label={w.replayEnd} title={w.replayEnd} onClick={endReplay}><Icon name="cross" size={17} /></button>
    </section>
  );
}
