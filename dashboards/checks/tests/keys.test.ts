import { afterEach, expect, test } from 'vitest';
import { keys, press } from '../../dispatch/src/app/keys';
import { singleKeys } from '../../dispatch/src/app/preferences';

afterEach(() => {
  singleKeys.value = true;
  keys.value = [];
});

const key = (name: string) => press(new KeyboardEvent('keydown', { key: name, cancelable: true }));

test('Keys of one letter can be switched off, and Escape stays', () => {
  const ran: string[] = [];
  keys.value = ['u', '?', 'g q', 'escape'].map((k) => ({ key: k, say: () => k, run: () => ran.push(k) }));
  for (const name of ['U', '?', 'g', 'q', 'Escape']) key(name);
  expect(ran).toEqual(['u', '?', 'g q', 'escape']);
  singleKeys.value = false;
  for (const name of ['U', '?', 'g', 'q', 'Escape']) key(name);
  expect(ran).toEqual(['u', '?', 'g q', 'escape', 'escape']);
  expect(document.documentElement.dataset.keys).toBe('off');
  expect(localStorage.getItem('field.keys')).toBe('off');
});

test('While a dialog is open the page behind it has no keys', () => {
  const ran: string[] = [];
  keys.value = [{ key: 'escape', say: () => '', run: () => ran.push('escape') }];
  const dialog = document.body.appendChild(document.createElement('dialog'));
  dialog.setAttribute('open', '');
  expect(key('Escape')).toBe(false);
  dialog.remove();
  expect(key('Escape')).toBe(true);
  expect(ran).toEqual(['escape']);
});
