import { expect, test, vi } from 'vitest';
import { startTelling } from '../../crew/src/state/aloud';
import { take } from '../../crew/src/state/press';
import { state } from '../../crew/src/state/stream';
import { vehicle } from './crew-samples';

test('What the physical button did is said once, and what was pressed on the page is not', async () => {
  const said: string[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (path === '/console/say') said.push((JSON.parse(init.body as string) as { text: string }).text);
    return new Response('{}');
  });
  const done = (id: string) => ({ id, kind: 'fixedHere', service: 'pothole', taken: new Date().toISOString(), automatic: false, undone: false, atHub: false, mine: true });
  startTelling();
  state.value = vehicle({ speaks: true, recent: [done('before')] });
  state.value = vehicle({ speaks: true, recent: [done('button'), done('before')] });
  state.value = vehicle({ speaks: true, recent: [done('button'), done('before')] });
  await take({ kind: 'fixedHere', service: 'pothole' }, 'here');
  state.value = vehicle({ speaks: true, recent: [done('here'), done('button'), done('before')] });
  expect(said).toEqual(['Saved: Fixed one here, Pothole']);
});
