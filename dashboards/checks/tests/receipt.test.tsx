import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, test, vi } from 'vitest';
import { budgetText, receiptSentence, receiptState, recordLines, shareHere, shiftTimes } from '../../dispatch/src/app/receipt';
import { Delivery } from '../../dispatch/src/card/Delivery';
import { OrderFile } from '../../dispatch/src/card/OrderFiles';
import { ShiftCard } from '../../dispatch/src/card/ShiftCard';
import { waitingOf } from '../../dispatch/src/feed/waiting';
import type { ShiftReceipt, UnsentUnit } from '../../dispatch/src/feed/shapes';
import { UnsentList } from '../../dispatch/src/lists/UnsentList';
import { en } from '../../shared/words/dispatch';
import { attachment, gaps, HOUR, NOW, onUnit, order, receipt, unsent } from './samples';

// The list of units draws its marks with what this DOM does not have.
vi.hoisted(() => vi.stubGlobal('Path2D', class {}));

let host: HTMLElement;
beforeEach(() => {
  document.body.replaceChildren();
  host = document.body.appendChild(document.createElement('div'));
});

/** The hub's answers by the start of their path. */
function hub(answers: Record<string, unknown>) {
  vi.stubGlobal('fetch', async (path: string) => {
    const found = Object.entries(answers).find(([start]) => path.startsWith(start));
    return new Response(JSON.stringify(found?.[1] ?? { title: 'Not found' }), {
      status: found ? 200 : 404, headers: { 'content-type': found ? 'application/json' : 'application/problem+json' },
    });
  });
}
const shown = async (what: preact.ComponentChild, text: string) => {
  await act(() => render(what, host));
  await vi.waitFor(() => expect(host.textContent).toContain(text));
};

test('A receipt reads as a sentence', () => {
  const r = receipt({ atCityHall: 38, still: 3, to: '2026-11-21T19:00:00Z', vehicles: [onUnit({ name: 'Unit 214', signedFor: 41, atCityHall: 38, still: 3, lastHeard: '2026-11-21T14:03:00Z' })] });
  expect(receiptSentence(en, 'en-US', r, NOW, 'America/New_York')).toBe('38 at city hall, 3 still on Unit 214, last heard 9:03 AM');
});

test('Several units add up, and one that has not signed off says so', () => {
  const r = receipt({
    atCityHall: 6, still: 2, to: '2026-11-21T19:00:00Z',
    vehicles: [onUnit({ name: 'Unit 1', signedFor: 4, still: 2, missing: true, lastHeard: null }), onUnit({ name: 'Unit 2', signedFor: null })],
  });
  expect(receiptSentence(en, 'en-US', r, NOW)).toBe('6 at city hall, 2 of Unit 1 missing, never heard, Unit 2 has not signed off');
  expect(receiptState(r)).toBe('missing');
});

test('While a shift lasts its sum is so far, and a whole one says all', () => {
  const say = (part: Partial<ShiftReceipt>) => receiptSentence(en, 'en-US', receipt(part), NOW);
  expect(say({ atCityHall: 4, vehicles: [onUnit({ online: true })] })).toBe('4 at city hall so far');
  expect(say({ atCityHall: 4, vehicles: [onUnit({ online: false })] })).toBe('4 at city hall so far, Unit 214 has not signed off');
  const whole = { complete: true, to: '2026-11-21T19:00:00Z' };
  expect(say({ ...whole, atCityHall: 16 })).toBe('All 16 crew actions are at city hall');
  expect(say({ ...whole, atCityHall: 0 })).toBe('No crew action was taken in this shift');
});

test('A receipt is complete, out, under way or not signed off', () => {
  expect(receiptState(receipt({ complete: true, to: '2026-11-21T19:00:00Z' }))).toBe('complete');
  expect(receiptState(receipt({ still: 1 }))).toBe('out');
  expect(receiptState(receipt({}))).toBe('on');
  expect(receiptState(receipt({ to: '2026-11-21T19:00:00Z' }))).toBe('unsigned');
});

test('A shift over midnight names both days only when it is long', () => {
  const zone = 'America/New_York';
  const r = receipt({ from: '2026-11-20T03:00:00Z', to: '2026-11-20T11:10:00Z' });
  expect(shiftTimes('en-US', r, NOW, zone)).toBe('Nov 19, 10:00 PM – 6:10 AM');
  expect(shiftTimes('en-US', receipt({ from: '2026-11-21T15:00:00Z' }), NOW, zone)).toBe('10:00 AM – …');
});

test('The share at city hall is unknown until somebody counted', () => {
  expect(shareHere(onUnit({ signedFor: null, atCityHall: 5 }))).toBeNull();
  expect(shareHere(onUnit({ signedFor: null, atCityHall: 5, still: 5 }))).toBe(0.5);
  expect(shareHere(onUnit({ signedFor: 0 }))).toBe(1);
});

test('The offline budget says what ends it, in days that somebody plans with', () => {
  expect(budgetText(en, 'en-US', { days: 19, limits: { certificate: 45, disk: 19 } })).toBe('19 days left: certificate 45, disk 19');
  expect(budgetText(en, 'en-US', { days: 1, limits: { certificate: 1, disk: 2_147_483_647 } })).toBe('1 day left: certificate 1, disk 999+');
});

test('What is on its way, missing, dropped on purpose and changed are told apart', () => {
  const dropped = [{ ranges: [[3, 5], [9, 9]] as [number, number][], kind: 'roughness', reason: "the outbox's byte budget was full" }];
  const texts = (part: object, epoch: object = {}) => recordLines(en, gaps(part, epoch)).map((l) => `${l.tone}: ${l.text}`);
  expect(texts({}, { dropped })).toEqual([
    'good: 61 signed entries (crew actions, sign-ons, faults found) at city hall, in an unbroken chain: none is missing, none was changed.',
    'good: No record is missing.', 'plain: Dropped on purpose: 4 × road roughness: its disk budget was full',
  ]);
  const coming = texts({ missing: 41, missingLinks: 3, online: false, unsent: 41 });
  expect(coming).toEqual([expect.stringMatching(/^soon: 3 signed entries have not arrived/), expect.stringMatching(/^soon: 41 records have not arrived/)]);
  const lost = texts({ missing: 1, missingLinks: 1, online: true, unsent: 0 });
  expect(lost).toEqual([expect.stringMatching(/^late: Missing: 1 signed entry/), expect.stringMatching(/^late: Missing: 1 record /)]);
  const changed = texts({}, { chain: { atHub: 9, count: 9, broken: [{ n: 4, seq: 5, detail: "it doesn't follow" }] } });
  expect(changed[0]).toBe("late: Entry 4 was changed or made twice: it doesn't follow.");
  expect(texts({}, { dropped: [{ ranges: [[1, 2]], kind: 'track', reason: 'thinned to 5 m, because' }] }).at(-1)).toContain('2 × position track: kept with fewer points (error up to 5 m)');
});

test('An action under way and a short silence raise no alert', () => {
  const alert = (list: 'items' | 'silent', part: Partial<UnsentUnit>) => waitingOf({ items: [], silent: [], files: [], [list]: [unsent(part)] }, NOW);
  const [long, short] = [NOW - HOUR, NOW - 30_000].map((ms) => new Date(ms).toISOString());
  const none = { units: 0, actions: 0, silent: 0 };
  expect(alert('items', { online: true, oldest: short, unsentActions: 2 })).toEqual(none);
  expect(alert('items', { online: true, oldest: long, unsentActions: 2 })).toEqual({ units: 1, actions: 2, silent: 0 });
  expect(alert('items', { online: false, oldest: short, unsentActions: 1 })).toEqual({ units: 1, actions: 1, silent: 0 });
  expect(alert('silent', { lastHeard: long })).toEqual({ units: 0, actions: 0, silent: 1 });
  expect(alert('silent', { lastHeard: short })).toEqual(none);
  expect(waitingOf(null, NOW)).toEqual(none);
});

test('The unsent list shows what waits, since when, and how long the vehicle can go on', async () => {
  hub({ '/api/vehicles/unsent': { items: [unsent({})], silent: [unsent({ id: 'u2', name: 'Unit 2', unsentActions: 0, oldest: null })], files: [] } });
  await shown(<UnsentList />, 'Unit 214');
  expect(host.querySelector('.unsent-what')?.textContent).toMatch(/^3 crew actions, oldest .+ ago$/);
  expect(host.textContent).toContain('19 days left: certificate 45, disk 19');
  expect(host.textContent).toContain('2.9 MB of photos');
  expect([...host.querySelectorAll('h3')].map((h) => h.textContent)).toEqual(['Crew actions waiting', 'Not heard, shift open']);
});

test('An empty unsent list says that everything is here', async () => {
  hub({ '/api/vehicles/unsent': { items: [], silent: [], files: [] } });
  await shown(<UnsentList />, en.unsentNone);
  expect(host.querySelectorAll('.unsent-row')).toHaveLength(0);
});

test('A receipt shows each unit and its records, and can be printed', async () => {
  hub({ '/api/shifts/s1/receipt': receipt({ atCityHall: 38, still: 3, to: '2026-11-21T19:00:00Z', vehicles: [onUnit({ signedFor: 41, atCityHall: 38, still: 3 })] }), '/api/vehicles/unit-214/gaps': gaps({}, {}) });
  await shown(<ShiftCard id="s1" />, 'unbroken chain');
  expect(host.querySelector('.receipt-sentence')?.textContent).toMatch(/^38 at city hall, 3 still on Unit 214, last heard/);
  expect([...host.querySelectorAll('.gauges dd b')].map((b) => b.textContent)).toEqual(['41', '38', '3']);
  const print = vi.fn();
  vi.stubGlobal('print', print);
  host.querySelector<HTMLButtonElement>('.card-foot .primary')?.click();
  expect(print).toHaveBeenCalledOnce();
});

test('A shift that nobody knows says so', async () => {
  hub({});
  await shown(<ShiftCard id="nowhere" />, en.notFound);
});

test('An order shows how far it got until the crew answers', async () => {
  const steps = async (part: object) => {
    await act(() => render(<Delivery order={order(part)} />, host));
    return [...host.querySelectorAll('li.done')].map((li) => li.textContent?.trim());
  };
  expect(await steps({ delivery: 'on-vehicle' })).toEqual(['sent', 'on the vehicle']);
  expect(host.querySelectorAll('[aria-current=step]')).toHaveLength(1);
  expect(await steps({ delivery: 'seen' })).toHaveLength(3);
  expect(await steps({ delivery: null })).toEqual([]);
  expect(host.textContent).toContain(en.orderWaiting);
  await steps({ delivery: 'seen', state: 'accepted' });
  expect(host.textContent).toBe('');
});

test('A file says whether it is here, on its way or refused', async () => {
  const file = (part: object) => act(() => render(<OrderFile file={attachment(part)} />, host));
  await file({ state: 'on-its-way', received: 300_000 });
  expect(host.textContent?.trim()).toBe('Photo on its way from unit-214 (0.3 / 2.9 MB)');
  expect(host.querySelector('progress')?.value).toBe(300_000);
  await file({ state: 'refused', reason: 'not a JPEG' });
  expect(host.textContent).toContain('not a JPEG');
  await file({});
  expect(host.querySelector('button img')?.getAttribute('src')).toBe('/api/attachments/abc');
  await file({ type: 'audio/ogg' });
  expect(host.querySelector('audio')).not.toBeNull();
});
