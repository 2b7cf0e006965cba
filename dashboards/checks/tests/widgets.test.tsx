import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, test, vi } from 'vitest';
import { PriorityChip } from '../../shared/widgets/Chip';
import { Sparkline } from '../../shared/widgets/Sparkline';
import { Tabs } from '../../shared/widgets/Tabs';
import { WindowList } from '../../shared/widgets/WindowList';

let host: HTMLElement;
beforeEach(() => {
  document.body.replaceChildren();
  host = document.body.appendChild(document.createElement('div'));
  vi.stubGlobal('ResizeObserver', class { observe() {} disconnect() {} });
});

const items = Array.from({ length: 5000 }, (_, i) => `row ${i}`);
const list = (selected: string | null, onSelect = (_: string) => {}) => (
  <WindowList
    label="Rows" items={items} keyOf={(i) => i} rowHeight={40} selected={selected} onSelect={onSelect} row={(i) => i} empty="none"
  />
);
const press = (key: string) =>
  act(() => {
    host.querySelector('[role=listbox]')?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  });

test('A long list draws only what is seen and says how long it is', async () => {
  await act(() => render(list(null), host));
  const rows = host.querySelectorAll('[role=option]');
  expect(rows.length).toBeLessThan(60);
  expect(rows[0]?.getAttribute('aria-setsize')).toBe('5000');
});

test('Arrow keys move through a list and Enter selects', async () => {
  const chosen: string[] = [];
  await act(() => render(list(null, (i) => chosen.push(i)), host));
  await press('ArrowDown');
  await press('ArrowDown');
  await press('Enter');
  expect(chosen).toEqual(['row 1']);
  expect(host.querySelector('[role=listbox]')?.getAttribute('aria-activedescendant')).toBe('row-row 1');
});

test('The selected row says so', async () => {
  await act(() => render(list('row 3'), host));
  expect(host.querySelector('[aria-selected=true]')?.textContent).toBe('row 3');
});

test('An empty list shows its reason', async () => {
  await act(() => render(<WindowList label="" items={[]} keyOf={String} rowHeight={1} selected={null} onSelect={() => {}} row={String} empty="nothing here" />, host));
  expect(host.textContent).toBe('nothing here');
});

test('Arrows move between tabs and wrap', async () => {
  const seen: string[] = [];
  const tabs = [{ id: 'a', text: 'A' }, { id: 'b', text: 'B', count: '7' }] as const;
  await act(() => render(<Tabs label="t" tabs={tabs} selected="b" onSelect={(id) => seen.push(id)} />, host));
  host.querySelector('[role=tablist]')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
  expect(seen).toEqual(['a']);
  expect(host.querySelector('[aria-selected=true]')?.textContent).toBe('B7');
});

test('Priorities differ by more than colour', async () => {
  await act(() => render(<PriorityChip priority={2} title="Priority 2" />, host));
  expect(host.textContent).toBe('Priority 2P2');
});

test('A curve stays inside its drawing', async () => {
  await act(() => render(<Sparkline values={[0, 50, -20, 3]} label="curve" centred level={80} height={40} width={100} />, host));
  const numbers = [...(host.querySelector('path:last-of-type')?.getAttribute('d') ?? '').matchAll(/ (-?[\d.]+)/g)].map((m) => Number(m[1]));
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThanOrEqual(40);
  await act(() => render(<Sparkline values={[1]} label="one" />, host));
  expect(host.querySelector('svg')).toBeNull();
});
