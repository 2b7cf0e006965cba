import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../../shared/widgets/Icon';
import { type Key, keys, useKeys } from './keys';
import { singleKeys, words } from './preferences';
import type { List } from './route';
import { select, showList } from './selection';
import { undoLast } from './undo';
import { views } from './views';

const shown = signal(false);

/** "g" and a letter open a view. */
const GO: [string, List][] = [
  ['q', 'requests'], ['o', 'orders'], ['u', 'units'], ['c', 'crews'], ['s', 'overview'], ['a', 'alerts'], ['l', 'desk'], ['p', 'replay'],
  ['r', 'reports'], ['m', 'automation'], ['e', 'events'],
];

const toCard = () => document.querySelector<HTMLElement>('.card .card-body button, .card .card-body input, .card button')?.focus();
const toSearch = () => {
  const box = document.querySelector<HTMLInputElement>('.search input');
  box?.focus();
  box?.select();
};
const toList = () => document.querySelector<HTMLElement>('#list [role="listbox"]')?.focus();

/** Keys that work everywhere. */
export function useFrameKeys() {
  const frame: Key[] = [
    { key: '?', say: (w) => w.keyHelp, run: () => (shown.value = !shown.value) },
    { key: '/', say: (w) => w.search, run: toSearch },
    { key: 'l', say: (w) => w.keyList, run: toList },
    { key: 'd', say: (w) => w.keyCard, run: toCard },
    { key: 'escape', say: (w) => w.close, run: () => select(null) },
    { key: 'u', say: (w) => w.undo, run: undoLast },
    ...GO.map(([letter, view]): Key => ({ key: `g ${letter}`, say: views[view].name, run: () => showList(view) })),
  ];
  useKeys(frame);
}

/** Where nobody knows the key, or has switched keys off. */
export function KeyHelpButton() {
  const text = words.value.keyHelp;
  return <button type="button" class="icon-button" title={text} aria-label={text} aria-haspopup="dialog" onClick={() => (shown.value = true)}><Icon name="keyboard" /></button>;
}

export function KeyHelp() {
  const w = words.value;
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (shown.value) box.current?.showModal();
    else box.current?.close();
  }, [shown.value]);
  return (
    <dialog ref={box} class="key-help" aria-label={w.keyHelp} onClose={() => (shown.value = false)}>
      {shown.value && (
        <>
          <header>
            <h2>{w.keyHelp}</h2>
            <button type="button" class="icon-button" aria-label={w.closeIt} title={w.closeIt} onClick={() => box.current?.close()}><Icon name="cross" /></button>
          </header>
          <label class="tick">
            <input type="checkbox" checked={singleKeys.value} onChange={(e) => (singleKeys.value = e.currentTarget.checked)} />
            {w.keysOn}
          </label>
          <p class="hint">{w.keysHint}</p>
          <dl>
            {[...LIST_KEYS.map(([key, say]) => ({ key, say })), ...keys.value].map((k) => (
              <div key={k.key + k.say(w)}>
                <dt>{k.key.split(' ').map((part) => <kbd key={part}>{part}</kbd>)}</dt>
                <dd>{k.say(w)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </dialog>
  );
}

/** Those of a focused list are its own. */
const LIST_KEYS: [string, Key['say']][] = [['↑ ↓', (w) => w.keyMove], ['↵', (w) => w.keyOpen], ['x', (w) => w.keyMark]];
