import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, test, vi } from 'vitest';
import { catalogue } from '../../dispatch/src/app/catalogue';
import { draft } from '../../dispatch/src/app/drafts';
import { picking, spot } from '../../dispatch/src/app/pick';
import { nameOf, placeOf, written } from '../../dispatch/src/app/places';
import { selection } from '../../dispatch/src/app/selection';
import { crews } from '../../dispatch/src/feed/city';
import { ImportList } from '../../dispatch/src/office/ImportList';
import { NewRequest } from '../../dispatch/src/queue/NewRequest';
import { person } from '../../dispatch/src/app/session';

vi.hoisted(() => vi.stubGlobal('Path2D', class {}));

const calls: { path: string; body: unknown }[] = [];
let answers: Record<string, unknown> = {};
let host: HTMLElement;
beforeEach(() => {
  if (host) render(null, host);
  document.body.replaceChildren();
  sessionStorage.clear();
  host = document.body.appendChild(document.createElement('div'));
  calls.length = 0;
  person.value = { name: 'Ada', role: 'city-it', permissions: ['*'] };
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    calls.push({ path, body: typeof init?.body === 'string' ? JSON.parse(init.body) : null });
    return new Response(JSON.stringify(answers[path.replace(/#.*/, '')] ?? {}), { headers: { 'content-type': 'application/json' } });
  });
});

test('A place is read as degrees, or not at all', () => {
  expect(placeOf('42.37, -71.1')).toEqual({ lat: 42.37, lon: -71.1 });
  expect(placeOf('42.37 -71.1')).toEqual({ lat: 42.37, lon: -71.1 });
  for (const odd of ['', '42.37', 'by the library', '42.37, -71.1, 3', '142, 0', '0, 0']) expect(placeOf(odd), odd).toBeNull();
  const found = written({ kind: 'address', text: '125 Inman St', detail: null, lat: 42.37, lon: -71.1, exact: true });
  expect([found, placeOf(found), nameOf(found)]).toEqual(['125 Inman St (42.370000, -71.100000)', { lat: 42.37, lon: -71.1 }, '125 Inman St']);
  expect([nameOf('42.37, -71.1'), placeOf('125 Inman St')]).toEqual(['', null]);
});

test('An address that a caller names is looked up in the city, and the request opens there', async () => {
  const place = { kind: 'address', text: '125 Inman St', detail: 'Inman St between St Mary Rd and Hampshire St', lat: 42.3712, lon: -71.0991, exact: true, segment: 'x' };
  answers = { '/api/requests': { number: 'SR-26-000778' }, '/api/places?q=125+inman&limit=6': { items: [place] } };
  draft('new/service').value = 'graffiti';
  await act(() => render(<NewRequest onDone={() => undefined} />, host));
  const field = host.querySelector<HTMLInputElement>('[role=combobox]');
  await act(() => {
    if (field) field.value = '125 inman';
    field?.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await vi.waitFor(() => expect(host.querySelector('[role=option]')?.textContent).toContain('125 Inman St'));
  for (const key of ['ArrowDown', 'Enter']) await act(() => {
    field?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });
  expect(field?.value).toBe('125 Inman St (42.371200, -71.099100)');
  expect(spot.value).toEqual({ lat: 42.3712, lon: -71.0991 });
  await act(async () => {
    host.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  });
  await vi.waitFor(() => expect(selection.value).toEqual({ kind: 'request', id: 'SR-26-000778' }));
  expect(calls.at(-1)?.body).toMatchObject({ lat: 42.3712, lon: -71.0991, reportedAddress: '125 Inman St' });
});

test('What is told by phone becomes a request at the place that was clicked', async () => {
  answers = { '/api/requests': { number: 'SR-26-000777' } };
  const values = [{ key: 'deep', name: 'Deep' }];
  catalogue.value = {
    items: [{ code: 'pothole', title: 'Pothole', group: '', department: '', pauseReasons: [], resolutions: [], allowSensor: true,
      attributes: [{ code: 'size', description: 'How big?', hint: '', required: true, variable: true, values }] }],
    departments: [], pauseReasons: [], resolutions: [],
  };
  const done = vi.fn();
  await act(() => render(<NewRequest onDone={done} />, host));
  const type = (field: Element | null | undefined, text: string) => act(() => {
    (field as HTMLInputElement).value = text;
    field?.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true }));
  });
  const submit = () => act(async () => {
    host.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  });
  await type(host.querySelector('select'), 'pothole');
  await submit();
  await vi.waitFor(() => expect(host.querySelector('.field-error')?.textContent).toContain('degrees'));
  await act(() => host.querySelector<HTMLElement>('.place-field button')?.click());
  await act(() => picking.value?.({ lat: 42.3736, lon: -71.1097 }));
  expect(picking.value).toBeNull();
  expect(spot.value).toEqual({ lat: 42.3736, lon: -71.1097 });
  await type(host.querySelectorAll('select')[1], 'deep');
  await type(host.querySelector('textarea'), 'By the library');
  await submit();
  await vi.waitFor(() => expect(done).toHaveBeenCalled());
  expect(calls).toEqual([{ path: '/api/requests', body: { service: 'pothole', lat: 42.3736, lon: -71.1097, description: 'By the library', reportedAddress: null, attributes: { size: 'deep' } } }]);
  await vi.waitFor(() => expect(selection.value).toEqual({ kind: 'request', id: 'SR-26-000777' }));
  // Done: nothing stays marked on the map.
  await act(() => render(null, host));
  expect(spot.value).toBeNull();
});

test('What a crew found and fixed without a screen is entered with who said it', async () => {
  answers = { '/api/work-orders/report': { id: 'wo-9' } };
  crews.value = [{ id: 'c1', name: 'Paving Alpha', shift: 'on', vehicle: null }];
  draft('new/service').value = 'pothole';
  draft('new/place').value = '42.3736, -71.1097';
  await act(() => render(<NewRequest onDone={() => undefined} />, host));
  await act(() => host.querySelector<HTMLElement>('.tick input')?.click());
  const set = (field: HTMLInputElement | HTMLSelectElement | null, text: string) => act(() => {
    if (!field) throw new Error('no field');
    field.value = text;
    field.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true }));
  });
  await set([...host.querySelectorAll('select')][1] ?? null, 'c1');
  await set(host.querySelector<HTMLInputElement>('input[maxlength="64"]'), 'Jo');
  await act(async () => {
    host.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  });
  await vi.waitFor(() => expect(selection.value).toEqual({ kind: 'order', id: 'wo-9' }));
  expect(calls[0]).toMatchObject({ path: '/api/work-orders/report', body: { kind: 'fixedHere', crew: 'c1', saidBy: 'Jo', service: 'pothole', lat: 42.3736, lon: -71.1097 } });
});

test('Every rejected row stands with its line, its cause and what helps', async () => {
  const report = { kind: 'street-lights', file: 'lights.csv', who: 'Sam', at: '2026-11-22T10:00:00Z', dryRun: false, read: 10, imported: 1, changed: 2, unchanged: 6, skipped: 0, rejected: 1, reasons: {}, faults: [] };
  answers = { '/api/imports': { items: [{ id: 'i1', report }] }, '/api/imports/i1': { ...report, faults: [{ line: 17, row: 'a,b', reason: 'no-place', cause: 'no latitude', remedy: 'fill it in' }] } };
  await act(() => render(<ImportList />, host));
  await vi.waitFor(() => expect(host.textContent).toContain('1 of 10 rows rejected'));
  await act(() => {
    const details = host.querySelector('details') as HTMLDetailsElement;
    details.open = true;
    details.dispatchEvent(new Event('toggle'));
  });
  await vi.waitFor(() => expect(host.querySelector('tbody')?.textContent).toBe('17no latitudea,bfill it in'));
});
