import { useEffect, useRef, useState } from 'preact/hooks';
import { Glyph } from '../parts/Glyph';
import { words } from '../state/preferences';

const LEAST = 4;
const MOST = 32;

/** Digits by touch, or from a badge reader, which types them and ends with Enter. Nothing of it is shown or kept. */
export function Keypad({ hint, fault, onEnter }: { hint: string; fault: string; onEnter: (digits: string) => Promise<boolean> }) {
  const w = words.value;
  const [digits, setDigits] = useState('');
  const [busy, setBusy] = useState(false);
  const typed = useRef('');
  const set = (text: string) => {
    typed.current = text.slice(0, MOST);
    setDigits(typed.current);
  };
  const enter = async () => {
    const all = typed.current;
    if (all.length < LEAST || busy) return;
    setBusy(true);
    const taken = await onEnter(all);
    setBusy(false);
    if (!taken) set('');
  };
  const latest = useRef(enter);
  latest.current = enter;
  useEffect(() => {
    const key = (e: KeyboardEvent) => {
      if (/^\d$/.test(e.key)) set(typed.current + e.key);
      else if (e.key === 'Backspace') set(typed.current.slice(0, -1));
      else if (e.key === 'Enter' && (e.target as HTMLElement).tagName !== 'BUTTON') void latest.current();
    };
    addEventListener('keydown', key);
    return () => removeEventListener('keydown', key);
  }, []);
  return (
    <div class="keypad">
      <p class="hint">{hint}</p>
      <p class="pin" role="status" aria-label={`${w.pin}: ${digits.length}`}>{'•'.repeat(digits.length) || '\u00a0'}</p>
      {fault && <p class="fault" role="alert">{fault}</p>}
      <div class="pad">
        {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((d) => <button key={d} type="button" class="choice" onClick={() => set(typed.current + d)}>{d}</button>)}
        <button type="button" class="choice" aria-label={w.erase} onClick={() => set(typed.current.slice(0, -1))}><Glyph name="back" /></button>
        <button type="button" class="choice" onClick={() => set(`${typed.current}0`)}>0</button>
        <button type="button" class="choice strong" aria-label={w.signOn} disabled={digits.length < LEAST || busy} onClick={() => void enter()}><Glyph name="check" size={44} /></button>
      </div>
    </div>
  );
}
