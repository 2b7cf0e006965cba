import { useState } from 'preact/hooks';
import { Glyph } from '../parts/Glyph';
import { language, words } from '../state/preferences';

const rows: Record<string, string[]> = {
  en: ['1234567890', 'qwertyuiop', "asdfghjkl'", 'zxcvbnm,.-'],
  es: ['1234567890', 'qwertyuiopó', 'asdfghjklñáé', 'zxcvbnm,.íú'],
  pt: ['1234567890', 'qwertyuiopõ', 'asdfghjklçãá', 'zxcvbnm,.éó'],
  ht: ['1234567890', 'qwertyuiopò', "asdfghjklèé'", 'zxcvbnm,.-'],
};

/** A keyboard in the page, in the letters of the language. Chinese needs an input method: its crews have chips and the voice note. */
export function Keyboard({ onType, onErase }: { onType: (text: string) => void; onErase: () => void }) {
  const w = words.value;
  const [large, setLarge] = useState(false);
  const type = (key: string) => {
    onType(large ? key.toUpperCase() : key);
    setLarge(false);
  };
  return (
    <div class="keys">
      {(rows[language.value] ?? rows.en ?? []).map((row) => (
        <div key={row} class="key-row">
          {[...row].map((key) => <button key={key} type="button" class="key" onClick={() => type(key)}>{large ? key.toUpperCase() : key}</button>)}
        </div>
      ))}
      <div class="key-row">
        <button type="button" class="key wide" aria-pressed={large} aria-label={w.shiftKey} onClick={() => setLarge(!large)}>⇧</button>
        <button type="button" class="key space" onClick={() => type(' ')}>{w.space}</button>
        <button type="button" class="key wide" aria-label={w.erase} onClick={onErase}><Glyph name="back" size={30} /></button>
      </div>
    </div>
  );
}
