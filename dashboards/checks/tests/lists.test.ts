import { expect, test } from 'vitest';
import { hashOf, linkTo, readRoute } from '../../dispatch/src/app/route';
import { stepOf } from '../../dispatch/src/app/states';
import { figuresOf, NO_DISTRICT, type QueueView, queryOf, queueOf, viewOf } from '../../dispatch/src/queue/queue-filter';
import { search } from '../../dispatch/src/top/search';
import { HOUR, NOW, request, unit } from './samples';

const at = (hours: number) => new Date(NOW + hours * HOUR).toISOString();
const all = [
  request({ number: 'SR-26-000001', targetAt: at(5), crew: 'Lighting North' }),
  request({ number: 'SR-26-000002', targetAt: at(-2), service: 'pothole', priority: 1 }),
  request({ number: 'SR-26-000003', targetAt: null, openedAt: at(0) }),
  request({ number: 'SR-26-000004', status: 'closed', targetAt: at(-9) }),
];
const view = (part: Partial<QueueView> = {}) => ({ ...viewOf({}), ...part });
const numbers = (list: { number: string }[]) => list.map((r) => Number(r.number.slice(-1)));

test('The queue holds open requests, the nearest target date first and none last', () => {
  expect(numbers(queueOf(all, view(), NOW))).toEqual([2, 1, 3]);
});

test('Tabs, filters and the overdue filter narrow the queue', () => {
  expect(numbers(queueOf(all, view({ tab: 'unassigned' }), NOW))).toEqual([2, 3]);
  expect(numbers(queueOf(all, view({ service: 'street-light-out', sort: 'newest' }), NOW))).toEqual([3, 1]);
  expect(numbers(queueOf(all, view({ service: 'pothole', sort: 'priority' }), NOW))).toEqual([2]);
  expect(numbers(queueOf(all, view({ overdue: true }), NOW))).toEqual([2]);
  expect(numbers(queueOf(all, view({ tab: 'closed' }), NOW))).toEqual([4]);
  const placed = [request({ district: '4', department: 'electrical' }), request({ number: 'SR-26-000009', district: null })];
  expect(numbers(queueOf(placed, view({ district: '4' }), NOW))).toEqual([3]);
  expect(numbers(queueOf(placed, view({ district: NO_DISTRICT }), NOW))).toEqual([9]);
  expect(numbers(queueOf(placed, view({ department: 'electrical', source: 'crew' }), NOW))).toEqual([]);
});

test('What repeats another request is nobody’s unassigned work', () => {
  expect(queueOf([request({ parent: 'SR-26-000001' })], view({ tab: 'unassigned' }), NOW)).toEqual([]);
});

test('A view of the queue stands in the address, and reads back', () => {
  const wished = view({ tab: 'review', district: '4', overdue: true });
  expect(queryOf(view())).toEqual({});
  expect(hashOf('requests', null, queryOf(wished))).toBe('#/requests?tab=review&overdue=1&district=4');
  expect(viewOf(readRoute('#/requests?tab=review&overdue=1&district=4').query)).toEqual(wished);
  expect(viewOf({ tab: 'nowhere', sort: 'by heart' })).toEqual(view());
});

test('Figures count what is open', () => {
  expect(figuresOf(all, NOW)).toEqual({
    open: 3, unassigned: 2, overdue: 1, dueToday: 1, byTab: { all: 3, review: 0, unassigned: 2, closed: 1 }, byService: { 'street-light-out': 2, pothole: 1 },
  });
});

test('Search finds by number, address, unit and without accents', () => {
  const units = [unit({ name: 'Camión 7', id: 'truck-7' })];
  expect(search('000002', all, units)[0]?.id).toBe('SR-26-000002');
  expect(search('inman', all, units).map((h) => h.kind)).toContain('request');
  expect(search('camion', all, units)[0]).toMatchObject({ kind: 'unit', id: 'truck-7' });
  expect(search('inman nowhere', all, units)).toEqual([]);
  expect(search('  ', all, units)).toEqual([]);
});

test('Search puts open requests before closed ones', () => {
  const hits = search('inman', all, []);
  expect(hits.at(-1)?.id).toBe('SR-26-000004');
});

test('Deep links are read as they are made', () => {
  for (const selection of [{ kind: 'request', id: 'SR-26-000123' }, { kind: 'unit', id: 'a/b c' }, { kind: 'shift', id: '01J/9' }] as const)
    expect(readRoute(linkTo(selection)).selection).toEqual(selection);
  for (const list of ['crews', 'unsent', 'shifts']) expect(readRoute(`#/${list}`)).toEqual({ list, selection: null, query: {} });
  for (const odd of ['', '#', '#/nowhere', '#/request/', '#/unit/%E0%A4%A']) expect(readRoute(odd)).toEqual({ list: null, selection: null, query: {} });
  const chosen = { kind: 'unit', id: 'truck 1' } as const;
  expect(readRoute(hashOf('orders', chosen, { tab: 'review' }))).toEqual({ list: 'orders', selection: chosen, query: { tab: 'review' } });
  expect(hashOf('requests', chosen)).toBe(linkTo(chosen));
});

test('A request stands on exactly one step', () => {
  expect(stepOf({ status: 'open', stage: 'received' })).toBe(0);
  expect(stepOf({ status: 'open', stage: 'suspended' })).toBe(2);
  expect(stepOf({ status: 'open', stage: 'field-complete' })).toBe(3);
  expect(stepOf({ status: 'closed', stage: 'field-complete' })).toBe(4);
  expect(stepOf({ status: 'open', stage: 'something new' })).toBe(0);
});
