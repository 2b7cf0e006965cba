import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, test, vi } from 'vitest';
import { person } from '../../dispatch/src/app/session';
import { RadioReport } from '../../dispatch/src/card/RadioReport';
import { crews, orders, units } from '../../dispatch/src/feed/city';
import { ReplayPane } from '../../dispatch/src/past/ReplayPane';
import { CrewProfile } from '../../dispatch/src/team/CrewProfile';
import { DeskLog } from '../../dispatch/src/team/DeskLog';
import { Overview } from '../../dispatch/src/team/Overview';
import { order, unit } from './samples';

vi.hoisted(() => vi.stubGlobal('Path2D', class {}));

const calls: { path: string; method: string; body: Record<string, unknown> }[] = [];
let answers: Record<string, unknown> = {};
let broken = 0;
let host: HTMLElement;
beforeEach(() => {
  if (host) render(null, host);
  document.body.replaceChildren();
  sessionStorage.clear();
  host = document.body.appendChild(document.createElement('div'));
  calls.length = 0;
  answers = {};
  broken = 0;
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    calls.push({ path, method: init?.method ?? 'GET', body: init?.body ? JSON.parse(String(init.body)) : {} });
    if (broken-- > 0) return new Response('{}', { status: 503 });
    const found = Object.entries(answers).find(([start]) => path.startsWith(start));
    return new Response(JSON.stringify(found?.[1] ?? { items: [] }), { headers: { 'content-type': 'application/json' } });
  });
  person.value = { name: 'Ada', role: 'supervisor', permissions: ['*'] };
});
const sent = () => calls.filter((c) => c.method === 'POST');
const show = (node: preact.ComponentChild) => act(() => render(node, host));
const submit = () => act(async () => {
  host.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
});
const type = (selector: string, text: string) => act(() => {
  const field = host.querySelector(selector) as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true }));
});

test('What a crew says by radio keeps who said it, and a second try has the same name', async () => {
  await show(<RadioReport order={order({ state: 'accepted' })} onDone={() => undefined} />);
  await type('input[maxlength="64"]', 'J. from Paving');
  broken = 1;
  await submit();
  await vi.waitFor(() => expect(host.querySelector('.problem')?.textContent).toContain('503'));
  expect(sent()[0]).toMatchObject({ path: '/api/work-orders/o1/report', body: { kind: 'arrive', saidBy: 'J. from Paving', crew: 'c1' } });
  await submit();
  await vi.waitFor(() => expect(sent()).toHaveLength(2));
  expect(sent()[1]?.body.clientId).toBe(sent()[0]?.body.clientId);
});

test('A supervisor sees each crew with what hangs and what waits for a look', async () => {
  crews.value = [{ id: 'c1', name: 'Paving Alpha', shift: 'on', vehicle: null }, { id: 'c2', name: 'Night', shift: 'off', vehicle: null }];
  orders.value = [order({ id: 'a', state: 'started' }), order({ id: 'b', state: 'waiting' }), order({ id: 'c', state: 'field-complete' })];
  await show(<Overview />);
  const cells = [...host.querySelectorAll('tbody tr:first-child td.num')].slice(0, 4).map((c) => c.textContent);
  expect(cells).toEqual(['2', '1', '1', '0']);
  // Only one's own crews: one press each.
  await act(() => host.querySelector<HTMLInputElement>('tbody input')?.click());
  await act(() => host.querySelector<HTMLInputElement>('.page-steps input')?.click());
  expect([...host.querySelectorAll('tbody th')].map((c) => c.textContent)).toEqual(['Paving Alpha']);
});

test('A desk is taken over with what the next one must know', async () => {
  answers = { '/api/desks/Dispatch': { items: [{ id: 'd1', at: '2026-11-21T12:00:00Z', kind: 'take-over', who: 'Sam', from: 'Ana', notes: 'Snow at four', counts: { requestsOpen: 9, requestsOverdue: 1, ordersUnassigned: 2, callsForHelp: 1 } }], next: null }, '/api/desks': { items: [{ name: 'Dispatch', holder: 'Sam', since: '2026-11-21T12:00:00Z', notes: 'Snow at four' }] } };
  await show(<DeskLog />);
  await vi.waitFor(() => expect(host.textContent).toContain('Sam took over from Ana'));
  expect(host.textContent).toContain('9 open, 1 past target date, 2 unassigned, 1 call for help');
  await type('textarea', 'Truck 4 by radio');
  expect(sessionStorage.getItem('field.draft.desk/Dispatch/notes')).toBe('Truck 4 by radio');
  await submit();
  await vi.waitFor(() => expect(sent()[0]).toMatchObject({ path: '/api/desks/Dispatch/take-over', body: { notes: 'Truck 4 by radio' } }));
});

test('Nobody looks at a day without saying why', async () => {
  units.value = [unit()];
  answers = {
    '/api/vehicles/truck-1/trips': { day: '2026-11-20', from: '2026-11-20T05:00:00Z', to: '2026-11-21T05:00:00Z', truncated: false, trips: [{ from: '2026-11-20T12:00:00Z', to: '2026-11-20T12:10:00Z', startLat: 42, startLon: -71, endLat: 42, endLon: -71, distanceM: 1609, topSpeedMps: 10 }] },
    '/api/vehicles/truck-1/stops': { stops: [{ from: '2026-11-20T12:10:00Z', to: '2026-11-20T12:30:00Z', lat: 42, lon: -71, unseenSeconds: 400 }] },
    '/api/vehicles/truck-1/track': { t: [1, 2], lat: [42, 42], lon: [-71, -71], speed: [1, 1], course: [0, 0] },
  };
  await show(<ReplayPane />);
  expect(host.querySelector<HTMLInputElement>('input[maxlength="200"]')?.required).toBe(true);
  await type('input[maxlength="200"]', 'complaint 4711');
  await submit();
  await vi.waitFor(() => expect(host.querySelector('.day')?.textContent).toContain('1 trip, 1 stop, 1.0 mi'));
  expect(host.textContent).toContain('not seen for 6 min of it');
  expect(calls.filter((c) => c.path.includes('/trips') || c.path.includes('/stops')).every((c) => c.path.includes('reason=complaint%204711'))).toBe(true);
});

test('What is said of a crew replaces only what was changed, and can be taken back', async () => {
  const facts = { id: 'c1', name: 'Paving Alpha', members: ['m-1'], skills: ['pothole'], contractor: null, equipment: null, districts: ['4'] };
  answers = { '/api/crews/c1': {}, '/api/crews': { items: [facts] } };
  await show(<CrewProfile crew={{ id: 'c1', name: 'Paving Alpha', shift: 'on', vehicle: null }} onDone={() => undefined} />);
  await vi.waitFor(() => expect(host.querySelector('form')).not.toBeNull());
  await type('input[placeholder^=bucket]', 'asphalt, roller ,');
  await submit();
  await vi.waitFor(() => expect(calls.find((c) => c.method === 'PUT')).toMatchObject({
    path: '/api/crews/c1', body: { name: 'Paving Alpha', members: ['m-1'], skills: ['pothole'], contractor: null, equipment: ['asphalt', 'roller'], districts: ['4'] },
  }));
});
