import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, test, vi } from 'vitest';
import { filtersOf, flyTo, selection } from '../../dispatch/src/app/selection';
import { person } from '../../dispatch/src/app/session';
import { UndoBar } from '../../dispatch/src/app/undo';
import { LightList } from '../../dispatch/src/lists/LightList';
import { en } from '../../shared/words/dispatch';

vi.hoisted(() => vi.stubGlobal('Path2D', class {}));

const light = { pole: '386-19', lat: 42.384, lon: -71.129, kind: 'LED 40 W', luminaires: 2, state: 'neverBurned', usual: 0, passes: 9, last: null, told: null, doubt: 'tooWeak' };
const calls: { path: string; method: string; body: Record<string, unknown> }[] = [];
let items = [light];
let refuse = false;
let host: HTMLElement;
beforeEach(() => {
  if (host) render(null, host);
  document.body.replaceChildren();
  host = document.body.appendChild(document.createElement('div'));
  calls.length = 0;
  items = [light];
  refuse = false;
  location.hash = '';
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    const method = init?.method ?? 'GET';
    calls.push({ path, method, body: init?.body ? JSON.parse(String(init.body)) : {} });
    if (method !== 'GET' && refuse) return new Response('{"detail":"no"}', { status: 404, headers: { 'content-type': 'application/problem+json' } });
    const answer = method === 'GET' ? { counts: { neverBurned: items.length, dim: 4 }, unseen: 5021, items, next: null } : { number: 'SR-26-000009' };
    return new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } });
  });
  person.value = { name: 'Ada', role: 'supervisor', permissions: ['*'] };
});
const shown = async () => {
  await act(() => render(<><LightList /><UndoBar /></>, host));
  await vi.waitFor(() => expect(host.querySelector('option')?.textContent).toContain('('));
};
const press = (name: string) => act(async () => {
  [...host.querySelectorAll('button')].find((b) => b.textContent?.trim().startsWith(name))?.click();
});
const written = () => calls.filter((c) => c.method !== 'GET');

test('What nobody ever saw burn comes first, with why and where', async () => {
  await shown();
  expect(calls[0]?.path).toContain('state=neverBurned');
  expect(host.textContent).toContain(en.lightAbout.neverBurned);
  expect(host.querySelector('.event-row')?.textContent).toContain(`386-19LED 40 W2 lamps · 9 passes · never judged${en.lightDoubts.tooWeak}`);
  expect([...host.querySelectorAll('option')].map((o) => o.textContent)).toContain('Not seen by night (5,021)');
  await press(en.openInMap);
  expect(flyTo.value).toMatchObject({ lat: 42.384, lon: -71.129 });
});

test('Somebody who looked says that it burns, and can take that back', async () => {
  await shown();
  await press(en.lightBurns);
  await vi.waitFor(() => expect(host.querySelector('.undo-bar')?.textContent).toContain('386-19 burns'));
  await press(en.undo);
  expect(written().map((c) => [c.method, c.path])).toEqual([['PUT', '/api/street-lights/386-19/burns'], ['DELETE', '/api/street-lights/386-19/burns']]);
});

test('One that is out becomes a request about its pole', async () => {
  await shown();
  await press(en.lightIsOut);
  expect(written()).toEqual([{ path: '/api/requests', method: 'POST', body: { service: 'street-light-out', lat: 42.384, lon: -71.129, pole: '386-19' } }]);
  await vi.waitFor(() => expect(selection.value).toEqual({ kind: 'request', id: 'SR-26-000009' }));
});

test('What the hub refuses is said at the light', async () => {
  await shown();
  refuse = true;
  await press(en.lightBurns);
  await vi.waitFor(() => expect(host.querySelector('.event-row .problem')?.textContent).toContain('no'));
});

test('Another state is asked for, stays in the address, and may be empty', async () => {
  await shown();
  items = [];
  await act(async () => {
    const choice = host.querySelector('select') as HTMLSelectElement;
    choice.value = 'dim';
    choice.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await vi.waitFor(() => expect(host.textContent).toContain(en.lightNone));
  expect(filtersOf('lights')).toEqual({ state: 'dim' });
  expect(calls.at(-1)?.path).toContain('state=dim');
});

test('Who may not review or open requests only looks', async () => {
  person.value = { name: 'Bo', role: 'viewer', permissions: ['map.read'] };
  await shown();
  expect([...host.querySelectorAll('.event-row button')].map((b) => b.textContent?.trim())).toEqual([`${en.openInMap} 386-19`]);
});
