import { clockTime } from '../../../shared/format/time';
import { megabytes } from '../../../shared/format/measure';
import { Glyph, type GlyphName } from '../parts/Glyph';
import { Help } from '../drive/Help';
import { locale, theme, words, type Theme } from '../state/preferences';
import type { ConsoleState } from '../state/shapes';
import { sheet } from '../state/sheet';
import { now } from '../state/stream';

const themes: Record<Theme, [Theme, GlyphName]> = { auto: ['light', 'system'], light: ['night', 'sun'], night: ['auto', 'moon'] };

// Ids are up to 32 characters; a number on a door is three.
const LONG = 10;

export function Header({ state }: { state: ConsoleState }) {
  const w = words.value;
  const { shift } = state;
  const onShift = shift.state !== 'off';
  const said = { auto: w.themeAuto, light: w.themeDay, night: w.themeNight }[theme.value];
  const name = { off: w.offShift, on: w.on, break: w.breakState, callOut: w.callOut }[shift.state];
  return (
    <header class="header">
      <span class={`unit${state.vehicle.length > LONG ? ' long' : ''}`} role="img" aria-label={w.unit(state.vehicle)}>{state.vehicle.replace(/^unit-/, '')}</span>
      <button type="button" class="who" onClick={() => { sheet.value = 'shift'; }} disabled={!onShift}>
        <b>{shift.crewName ?? shift.crew ?? w.offShift}</b>
        {onShift && <span><i class={`dot ${shift.state}`} />{name} · {w.members(shift.members.length)}</span>}
      </button>
      <Delivery state={state} />
      <time class="clock">{clockTime(locale.value, now.value)}</time>
      {onShift && <button type="button" class="square" aria-label={w.today} title={w.today} onClick={() => { sheet.value = 'today'; }}><Glyph name="history" /></button>}
      <button type="button" class="square" aria-label={w.language} title={w.language} onClick={() => { sheet.value = 'language'; }}><Glyph name="language" /></button>
      <button type="button" class="square" aria-label={said} title={said} onClick={() => { theme.value = themes[theme.value][0]; }}><Glyph name={themes[theme.value][1]} /></button>
      {onShift && <Help />}
    </header>
  );
}

/** Whether city hall has it, and how long the vehicle can go on without. */
export function Delivery({ state }: { state: ConsoleState }) {
  const w = words.value;
  const waits = state.unsentActions + state.unsentFiles;
  return (
    <div class={`delivery${state.connected ? '' : ' cut'}`} role="status">
      <Glyph name={state.connected ? (waits > 0 ? 'upload' : 'online') : 'offline'} size={30} />
      <span>
        <b>{waits > 0 ? w.waiting(waits) : state.connected ? w.allSent : w.noSignal}</b>
        <small>
          {!state.connected && state.offline ? [state.cutSince && w.since(clockTime(locale.value, Date.parse(state.cutSince))), w.offlineDays(state.offline.days)].filter(Boolean).join(' · ')
            : state.unsentFileBytes > 100_000 ? w.photosToo(megabytes(locale.value, state.unsentFileBytes)) : state.connected ? w.connected : w.noSignal}
        </small>
      </span>
    </div>
  );
}
