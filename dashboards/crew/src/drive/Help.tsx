import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Glyph } from '../parts/Glyph';
import { take } from '../state/press';
import { words } from '../state/preferences';
import { state } from '../state/stream';

const HOLD_MS = 1500;
const held = signal(0);

/** A call for help: held, not tapped, so that a sleeve does not call. Taken back in one tap. */
export function Help() {
  const w = words.value;
  const timer = useRef<ReturnType<typeof setInterval> | null>(null);
  const standing = state.value?.recent.find((d) => d.kind === 'duress' && d.mine && !d.undone);
  const release = () => {
    if (timer.current) clearInterval(timer.current);
    timer.current = null;
    held.value = 0;
  };
  useEffect(() => release, []);
  if (standing) {
    return <button type="button" class="help standing" onClick={() => void take({ kind: 'undo', undoes: standing.id })}><Glyph name="siren" size={30} /><span>{w.helpCalled}<small>{w.helpCancel}</small></span></button>;
  }

  const press = () => {
    if (timer.current) return;
    const from = Date.now();
    timer.current = setInterval(() => {
      held.value = Math.min(1, (Date.now() - from) / HOLD_MS);
      if (held.value < 1) return;
      release();
      void take({ kind: 'duress' });
    }, 50);
  };
  return (
    <button
      type="button" class="help" aria-label={w.helpHold} title={w.helpHold} onPointerDown={press} onPointerUp={release} onPointerLeave={release} onPointerCancel={release}
      onKeyDown={(e) => { if (!e.repeat && (e.key === ' ' || e.key === 'Enter')) press(); }} onKeyUp={release} onBlur={release} onContextMenu={(e) => e.preventDefault()}
    >
      <i class="fill" style={{ height: `${held.value * 100}%` }} />
      <Glyph name="siren" size={32} /><span>{held.value > 0 ? w.helpHold : w.help}</span>
    </button>
  );
}
