import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { en } from '../../shared/words/crew';
import { App } from '../../crew/src/App';
import { tapped } from '../../crew/src/state/choice';
import { drafts } from '../../crew/src/state/draft';
import { last } from '../../crew/src/state/press';
import type { ConsoleState, Press } from '../../crew/src/state/shapes';
import { sheet } from '../../crew/src/state/sheet';
import { goneSince, state } from '../../crew/src/state/stream';
import { job, vehicle } from './crew-samples';

let host: HTMLElement;
let asked: { path: string; body: Press }[];
let status = 200;

beforeEach(() => {
  document.body.replaceChildren();
  host = document.body.appendChild(document.createElement('div'));
  [asked, status] = [[], 200];
  [tapped.value, last.value, drafts.value, sheet.value, goneSince.value] = [null, null, {}, null, null];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push({ path, body: typeof init.body === 'string' ? JSON.parse(init.body) : init.body });
    return new Response(JSON.stringify(status === 200 ? { saved: true, sha256: 'abc' } : { title: 'the cause' }), { status, headers: { 'content-type': 'application/json' } });
  });
});

afterEach(() => render(null, host));

const show = (s: ConsoleState) => act(() => {
  state.value = s;
  render(<App />, host);
});
const click = (button: HTMLElement | null | undefined) => act(async () => {
  button?.click();
  await new Promise((r) => setTimeout(r, 0));
});
const press = (selector: string) => click(host.querySelector<HTMLElement>(selector));
const choose = (text: string) => click([...host.querySelectorAll('button')].find((b) => b.textContent?.includes(text) || b.getAttribute('aria-label') === text));
const textOf = (selector: string) => host.querySelector(selector)?.textContent?.replace(/\s+/g, ' ').trim();
const primary = () => textOf('.primary');

test('One big button leads through the steps, each saved by one press', async () => {
  const steps: [ConsoleState['orders'][number]['state'], string, string][] = [
    ['assigned', en.doAccept, 'accept'], ['accepted', en.doArrive, 'arrive'], ['arrived', en.doStart, 'start'], ['started', en.doComplete, 'complete'], ['waiting', en.doResume, 'start'],
  ];
  for (const [before, text, kind] of steps) {
    await show(vehicle({ orders: [job({ state: before })] }));
    expect(primary()).toBe(text);
    await press('.primary');
    expect(asked.at(-1)).toMatchObject({ path: '/console/actions', body: { kind, order: 'o1' } });
  }
  expect(new Set(asked.map((a) => a.body.id)).size).toBe(steps.length);
  await show(vehicle({ orders: [job({ state: 'field-complete' })] }));
  await press('[data-id=o1] button');
  expect(primary()).toContain(en.isDone);
});

test('Undo has a row of its own and nothing asks twice', async () => {
  const recent = [{ id: 'a9', kind: 'complete', order: 'o1', label: 'WO-26-000123 · Pothole', taken: '2026-11-22T12:10:00Z', automatic: false, undone: false, atHub: false, mine: true }];
  await show(vehicle({ recent }));
  const row = host.querySelector('.undo-row');
  expect(row?.textContent).toContain(en.did.complete);
  expect(row?.textContent).toContain(en.onVehicle);
  await press('.undo-row button');
  expect(asked.at(-1)?.body).toMatchObject({ kind: 'undo', undoes: 'a9' });
  // What an earlier shift did is the office's business.
  await show(vehicle({ recent: recent.map((r) => ({ ...r, mine: false })) }));
  await act(() => { last.value = null; });
  expect(host.querySelector('.undo-row button')).toBeNull();
});

test('What was not saved says so and is pressed again under the same id', async () => {
  await show(vehicle({ orders: [job({ state: 'started' })] }));
  status = 423;
  await press('.primary');
  expect(host.querySelector('.undo-row.failed')?.textContent).toContain(en.notSaved);
  status = 200;
  await press('.undo-row button');
  expect(asked[1]?.body.id).toBe(asked[0]?.body.id);
  expect(host.querySelector('.undo-row.failed')).toBeNull();
});

test('Jobs come by emergency, work under way, target date and distance, the done ones last', async () => {
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  await show(vehicle({
    orders: [
      job({ id: 'far', number: 'far', distanceM: 3000, targetDate: at(90) }), job({ id: 'near', number: 'near', distanceM: 100, targetDate: at(90) }), job({ id: 'done', number: 'done', distanceM: 1, state: 'field-complete' }),
      job({ id: 'late', number: 'late', distanceM: 5000, targetDate: at(-1) }), job({ id: 'now', number: 'now', distanceM: 9000, state: 'started' }), job({ id: 'urgent', number: 'urgent', distanceM: 9999, emergency: true }),
    ],
  }));
  expect([...host.querySelectorAll('[data-id]')].map((li) => li.getAttribute('data-id'))).toEqual(['urgent', 'now', 'late', 'near', 'far', 'done']);
});

test('Arrival selects a job only when it is alone', async () => {
  const orders = [job({ id: 'a', distanceM: 10 }), job({ id: 'b', distanceM: 20 }), job({ id: 'c', distanceM: 900 })];
  await show(vehicle({ orders, nearby: ['b'] }));
  expect(host.querySelector('[aria-current]')?.closest('li')?.dataset.id).toBe('b');
  await show(vehicle({ orders, nearby: ['a', 'b'] }));
  expect(host.querySelector('[aria-current]')).toBeNull();
  expect(host.textContent).toContain(en.nearMany(2));
  await press('[data-id=a] button');
  expect(host.querySelector('[aria-current]')?.closest('li')?.dataset.id).toBe('a');
});

test('Fixed one here is one press, of what the crew fixed last, and a new problem two taps', async () => {
  const fixed = { id: 'f1', kind: 'fixedHere', service: 'street-light-out', taken: '2026-11-22T12:10:00Z', automatic: false, undone: false, atHub: true, mine: true };
  await show(vehicle({ recent: [fixed] }));
  await press('.here-button');
  expect(asked.at(-1)?.body).toMatchObject({ kind: 'fixedHere', service: 'street-light-out' });
  await choose(en.report);
  await press('.sheet fieldset .choice');
  expect(asked.at(-1)?.body).toMatchObject({ kind: 'report', service: 'pothole' });
  expect(sheet.value).toBeNull();
  await show(vehicle({ at: undefined }));
  expect(host.querySelector<HTMLButtonElement>('.here-button')?.disabled).toBe(true);
});

test('Whatever stands in the way is one tap', async () => {
  const ways: [string, object][] = [
    [en.nothingFound, { kind: 'cannotComplete', reason: 'nothing-found' }], [en.otherOwner, { kind: 'cannotComplete', reason: 'other-owner' }], [en.weather, { kind: 'wait', reason: 'weather' }],
    [en.doSuspend, { kind: 'suspend' }], [en.doMakeSafe, { kind: 'makeSafe' }], [en.doTemporary, { kind: 'temporaryRepair' }], [en.toOffice, { kind: 'handOver' }],
  ];
  for (const [text, part] of ways) {
    await show(vehicle({ orders: [job({ state: 'started' })] }));
    await choose(en.moreTool);
    await choose(text);
    expect(asked.at(-1)?.body).toMatchObject({ ...part, order: 'o1' });
  }
});

test('A note is kept while it is typed and leaves with the next step', async () => {
  await show(vehicle({ orders: [job({ state: 'started' })] }));
  await choose(en.noteTool);
  await choose(en.chips[0] ?? '');
  expect(JSON.parse(localStorage.getItem('crew.drafts') ?? '{}')).toMatchObject({ o1: { note: en.chips[0] } });
  await choose(en.noteSend);
  expect(host.querySelector('.undo-row')?.textContent).toContain(en.noteKept);
  await press('.primary');
  expect(asked.at(-1)?.body).toMatchObject({ kind: 'complete', note: en.chips[0] });
  expect(localStorage.getItem('crew.drafts')).toBe('{}');
});

test('What is counted outlives a reload and leaves once', async () => {
  await show(vehicle({ orders: [job({ state: 'started' })], rates: [{ code: 'cold-patch', title: 'Cold patch', unit: 'bag' }] }));
  await choose(en.material);
  await choose(en.labourCodes['cold-patch'] ?? '');
  await choose(en.labourCodes['cold-patch'] ?? '');
  expect(JSON.parse(localStorage.getItem('crew.drafts') ?? '{}')).toMatchObject({ o1: { used: { 'cold-patch': 2 } } });
  await choose(en.keep);
  expect(asked.at(-1)?.body).toMatchObject({ kind: 'use', order: 'o1', used: [{ code: 'cold-patch', quantity: 2 }] });
  await press('.primary');
  expect(asked.at(-1)?.body.used).toBeUndefined();
});

test('The panel’s own camera and the vehicle’s are chosen by one button', async () => {
  const opened: unknown[] = [];
  const track = (id: string) => ({ stop: () => undefined, getSettings: () => ({ deviceId: id }) });
  const streamOf = (id: string) => Object.assign(new MediaStream(), { getTracks: () => [track(id)], getVideoTracks: () => [track(id)] });
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { mediaDevices: {
    getUserMedia: async (want: { video: { deviceId?: { exact: string } } }) => {
      opened.push(want.video.deviceId?.exact ?? 'first');
      return streamOf(want.video.deviceId?.exact ?? 'panel');
    },
    enumerateDevices: async () => [{ kind: 'videoinput', deviceId: 'panel' }, { kind: 'audioinput', deviceId: 'mic' }, { kind: 'videoinput', deviceId: 'mast' }],
  } }));
  await show(vehicle({ orders: [job({ state: 'started' })] }));
  await choose(en.photo);
  await vi.waitFor(() => expect(host.querySelector('.turn')).not.toBeNull());
  await press('.turn');
  await vi.waitFor(() => expect(opened).toEqual(['first', 'mast']));
  vi.unstubAllGlobals();
});

const danger = (part: object = {}) => ({ id: 'hz-1', kind: 'wire-down', lat: 42.37, lon: -71.1, since: '2026-11-22T12:10:00Z', distanceM: 250, bearingDeg: 45, own: false, ...part });

test('Hazards near show the nearest with distance and arrow, and all of them in one tap', async () => {
  await show(vehicle());
  expect(host.querySelector('.hazard-strip')).toBeNull();
  await show(vehicle({ courseDeg: 90, hazards: [danger(), danger({ id: 'hz-2', kind: 'of-a-newer-hub', distanceM: 900, own: true })] }));
  expect(textOf('.hazard-strip')).toBe(`${en.hazardNames['wire-down']}820 ft NE${en.more(1)}`);
  expect(host.querySelector('.hazard-strip.close')).not.toBeNull();
  expect(host.querySelector<HTMLElement>('.hazard-strip .needle')?.style.transform).toBe('rotate(315deg)');
  await press('.hazard-strip');
  expect([...host.querySelectorAll('.hazards li b:first-child')].map((b) => b.textContent)).toContain(en.hazard);
  expect(textOf('.hazards')).toContain(en.hazardOwn);
});

test('A hazard is reported in two taps', async () => {
  await show(vehicle());
  await choose(en.report);
  await choose(en.hazardNames.ice ?? '');
  expect(asked.at(-1)?.body).toMatchObject({ kind: 'hazard', hazard: 'ice' });
  expect(sheet.value).toBeNull();
});

test('While driving a hazard ahead is a sign and a distance, said once', async () => {
  const drive = (part: object) => vehicle({ locked: true, speaks: true, courseDeg: 0, orders: [], hazards: [danger({ bearingDeg: 10, ...part })] });
  await show(drive({}));
  expect(textOf('.hazard-sign')).toBe('820 ft');
  expect(host.textContent).not.toContain(en.hazardNames['wire-down']);
  await show(drive({ distanceM: 150 }));
  expect(asked.filter((a) => a.path === '/console/say').map((a) => (a.body as unknown as { text: string }).text)).toEqual([en.sayHazard(en.hazardNames['wire-down'] ?? '', '820 ft')]);
  await show(drive({ bearingDeg: 180 }));
  expect(host.querySelector('.hazard-sign')).toBeNull();
  await show(drive({ distanceM: 700 }));
  expect(host.querySelector('.hazard-sign')).toBeNull();
});

test('A note is added to a job that is done, while it is there and when it is gone', async () => {
  const done = { id: 'c1', kind: 'complete', order: 'o1', label: 'WO-26-000123 · Pothole', taken: '2026-11-22T12:10:00Z', automatic: false, undone: false, atHub: true, mine: true };
  await show(vehicle({ orders: [job({ state: 'field-complete' })], recent: [done] }));
  await press('[data-id=o1] button');
  await choose(en.addToDone);
  expect(host.querySelector<HTMLButtonElement>('.sheet .strong')?.disabled).toBe(true);
  await choose(en.noteTool);
  await choose(en.chips[0] ?? '');
  await choose(en.noteSend);
  expect(sheet.value).toBe('add');
  await choose(en.addSend);
  expect(asked.at(-1)?.body).toMatchObject({ kind: 'note', order: 'o1', note: en.chips[0] });
  expect([sheet.value, localStorage.getItem('crew.drafts')]).toEqual([null, '{}']);

  await show(vehicle({ orders: [], recent: [done] }));
  await act(() => { sheet.value = 'today'; });
  await choose(en.addToDone);
  expect(textOf('.sheet h2')).toBe(en.addTitle('WO-26-000123'));
});

test('While driving there is nothing to read or type', async () => {
  await show(vehicle({ locked: true, speedMps: 8, orders: [job({ state: 'accepted' })] }));
  expect(host.querySelector('.locked .unit')?.textContent).toBe('214');
  expect(host.querySelector('.way')?.textContent).toContain('0.4 mi');
  expect(host.textContent).not.toContain('Inman');
  expect(host.querySelectorAll('.board, input, textarea, .primary')).toHaveLength(0);
});

test('An emergency on the road is spoken once, and again when asked', async () => {
  await show(vehicle({ locked: true, speaks: true, orders: [job({ id: 'e', emergency: true, mustAcknowledge: true })] }));
  await act(async () => undefined);
  await show(vehicle({ locked: true, speaks: true, orders: [job({ id: 'e', emergency: true, mustAcknowledge: true, distanceM: 600 })] }));
  expect(asked.map((a) => a.path)).toEqual(['/console/say']);
  expect(JSON.stringify(asked[0]?.body)).toContain('12 Inman St');
  await choose(en.repeat);
  expect(asked).toHaveLength(2);
});

test('An emergency covers everything until somebody has read it', async () => {
  await show(vehicle({ orders: [job(), job({ id: 'e', title: 'Tree on car', emergency: true, mustAcknowledge: true })] }));
  expect(host.querySelector('[role=alertdialog] h1')?.textContent).toBe('Tree on car');
  await press('[role=alertdialog] .primary');
  expect(asked.at(-1)?.body).toMatchObject({ kind: 'acknowledge', order: 'e' });
  expect(tapped.value?.id).toBe('e');
});

test('Help is held, not tapped, and taken back in one', async () => {
  vi.useFakeTimers();
  await show(vehicle());
  const help = host.querySelector<HTMLElement>('.help');
  const point = (name: string) => act(() => { help?.dispatchEvent(new Event(name, { bubbles: true })); });
  await point('pointerdown');
  await act(() => { vi.advanceTimersByTime(700); });
  await point('pointerup');
  await act(() => { vi.advanceTimersByTime(3000); });
  expect(asked).toHaveLength(0);
  await point('pointerdown');
  await act(() => { vi.advanceTimersByTime(1600); });
  expect(asked.at(-1)?.body).toMatchObject({ kind: 'duress' });
  vi.useRealTimers();
  await show(vehicle({ recent: [{ id: 'd1', kind: 'duress', taken: '2026-11-22T12:10:00Z', automatic: false, undone: false, atHub: false, mine: true }] }));
  await press('.help.standing');
  expect(asked.at(-1)?.body).toMatchObject({ kind: 'undo', undoes: 'd1' });
});

test('What waits to be sent and how long the vehicle can go on are said', async () => {
  await show(vehicle({ connected: false, unsentActions: 2, unsentFiles: 1 }));
  expect(textOf('.delivery')).toBe(`${en.waiting(3)}${en.offlineDays(19)}`);
  await show(vehicle({ connected: false, cutSince: '2026-11-22T12:10:00Z' }));
  expect(textOf('.delivery')).toMatch(/No signalsince \d+:\d+.* · good for 19 days/);
  await show(vehicle());
  expect(host.querySelector('.delivery')?.textContent).toContain(en.allSent);
});

test('A vehicle computer that is gone greys the last picture and says since when', async () => {
  await show(vehicle());
  await act(() => { goneSince.value = Date.now(); });
  expect(host.querySelector('[role=alert]')?.textContent).toContain(en.agentGone);
  expect(host.querySelector('.app.is-gone')).not.toBeNull();
});

test('A crew signs on by the PIN of one of its people, and a wrong one says so', async () => {
  await show(vehicle({ shift: { state: 'off', members: [] }, orders: [], crews: [{ id: 'paving-alpha', name: 'Paving Alpha', pin: true }] }));
  await choose('Paving Alpha');
  status = 403;
  for (const d of '4711') await choose(d);
  expect(host.querySelector('.pin')?.textContent).toBe('••••');
  await press('.pad .strong');
  expect(asked.at(-1)).toMatchObject({ path: '/console/shift', body: { state: 'on', crew: 'paving-alpha', pin: '4711' } });
  expect(host.querySelector('[role=alert]')?.textContent).toBe(en.wrongPin);
  expect(host.querySelector('.pin')?.textContent?.trim()).toBe('');
});

test('The receipt says what was recorded and what is still on the vehicle', async () => {
  const ended = { crew: 'paving-alpha', from: '2026-11-22T12:00:00Z', to: '2026-11-22T20:00:00Z', actions: 41 };
  await show(vehicle({ shift: { state: 'off', members: [] }, orders: [], ended, unsentActions: 3 }));
  expect(host.querySelector('.receipt')?.textContent).toContain(en.receiptActions(41));
  expect(host.querySelector('.receipt')?.textContent).toContain(en.receiptWaits(3));
  await show(vehicle({ shift: { state: 'off', members: [] }, orders: [], ended }));
  expect(host.querySelector('.receipt')?.textContent).toContain(en.receiptSent);
});

test('A job that is done gives way to the next one, and can be looked at again', async () => {
  const two = (state: 'started' | 'field-complete') => vehicle({ orders: [job({ state }), job({ id: 'o2', number: 'WO-26-000124', distanceM: 900 })] });
  await show(two('started'));
  await press('[data-id=o1] button');
  await show(two('field-complete'));
  expect(host.querySelector('[aria-current]')?.closest('li')?.dataset.id).toBe('o2');
  await press('[data-id=o1] button');
  expect(host.querySelector('[aria-current]')?.closest('li')?.dataset.id).toBe('o1');
});
