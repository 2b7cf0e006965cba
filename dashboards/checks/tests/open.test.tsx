import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, test, vi } from 'vitest';
import { catalogue } from '../../dispatch/src/app/catalogue';
import { draft } from '../../dispatch/src/app/drafts';
import { picking, spot } from '../../dispatch/src/app/pick';
import { placeOf } from '../../dispatch/src/app/PlaceField';
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
  expect(host.querySelector('.field-error')?.textContent).toContain('Degrees');
  await act(() => host.querySelector<HTMLElement>('.place-field button')?.click());
  await act(() => picking.value?.({ lat: 42.3736, lon: -71.1097 }));
  expect(picking.value).toBeNull();
  expect(spot.value).toEqual({ lat: 42.3736, lon: -71.1097 });
  await type(host.querySelectorAll('select')[1], 'deep');
  await type(host.querySelector('textarea'), 'By the library');
  await submit();
  await vi.waitFor(() => expect(done).toHaveBeenCalled());
  expect(calls).toEqual([{ path: '/api/requests', body: { service: 'pothole', lat: 42.3736, lon: -71.1097, description: 'By the library', reportedAddress: null, attributes: { size: 'deep' } } }]);
  expect(selection.value).toEqual({ kind: 'request', id: 'SR-26-000777' });
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
