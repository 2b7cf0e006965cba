// What was typed is there after a reload; that no form forgets a field is in forms.test.mjs.
import type { ComponentChild } from 'preact';
import { beforeEach, expect, test, vi } from 'vitest';
import { NOW, order } from './samples';

vi.hoisted(() => vi.stubGlobal('Path2D', class {}));

const districts = [{ id: '1', name: 'East' }, { id: '2', name: 'West' }];
const service = (code: string) => ({ code, title: code, group: '', department: 'd', pauseReasons: [], resolutions: ['repaired', 'not-found'], allowSensor: true,
  attributes: [{ code: 'size', description: 'How big?', hint: '', required: false, variable: true, values: [{ key: 'small', name: 'Small' }, { key: 'deep', name: 'Deep' }] }] });
const resolutions = [{ code: 'repaired', title: 'Repaired', wording: '', closes: true }, { code: 'not-found', title: 'Nothing found', wording: '', closes: true }];
const waiting = order({ id: 'wo-1', state: 'field-complete', service: 'pothole', resolution: 'repaired' });

/** Forms as they are shown, after the page was loaded anew. */
const FORMS: Record<string, () => Promise<ComponentChild>> = {
  'a new request': async () => { const { NewRequest } = await import('../../dispatch/src/queue/NewRequest'); return <NewRequest onDone={() => undefined} />; },
  'an event': async () => { const { EventForm } = await import('../../dispatch/src/office/EventForm'); return <EventForm onDone={() => undefined} />; },
  'what a crew can do': async () => { const { CrewProfile } = await import('../../dispatch/src/team/CrewProfile'); return <CrewProfile crew={{ id: 'c1', name: 'Alpha', shift: 'on', vehicle: null }} onDone={() => undefined} />; },
  'a note': async () => { const { NoteForm } = await import('../../dispatch/src/card/NoteForm'); return <NoteForm number="SR-1" onDone={() => undefined} />; },
  'a review': async () => { const { ReviewOrder } = await import('../../dispatch/src/card/ReviewOrder'); return <ReviewOrder order={waiting} />; },
};

async function load(form: () => Promise<ComponentChild>) {
  vi.resetModules();
  const { render } = await import('preact');
  const { act } = await import('preact/test-utils');
  const { catalogue, districts: known } = await import('../../dispatch/src/app/catalogue');
  const { person } = await import('../../dispatch/src/app/session');
  const { crews } = await import('../../dispatch/src/feed/city');
  catalogue.value = { items: [service('pothole'), service('graffiti')], departments: [], pauseReasons: [], resolutions };
  known.value = districts;
  person.value = { name: 'Ada', role: 'dispatcher', permissions: ['*'] };
  crews.value = [{ id: 'c1', name: 'Alpha', shift: 'on', vehicle: null }];
  const host = document.body.appendChild(document.createElement('div'));
  const shown = await form();
  await act(async () => render(shown as never, host));
  // A form that is folded away opens.
  await act(async () => host.querySelector<HTMLElement>('button.link, button[aria-expanded=false]')?.click());
  await vi.waitFor(() => expect(host.querySelector('input, textarea, select')).not.toBeNull());
  return { host, act, close: () => act(async () => { render(null, host); host.remove(); }) };
}

type Box = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
const boxes = (host: Element): Box[] => [...host.querySelectorAll<Box>('input:not([type=file]), select, textarea')];
const says = (host: Element) => boxes(host).map((b) => (b instanceof HTMLInputElement && b.type === 'checkbox' ? b.checked : b.value));

beforeEach(() => {
  document.body.replaceChildren();
  sessionStorage.clear();
  vi.stubGlobal('fetch', async (path: string) => new Response(
    JSON.stringify(path === '/api/crews' ? { items: [{ id: 'c1', name: 'Alpha', members: [], skills: [], contractor: null, equipment: [], districts: ['1'] }] } : { items: [] }),
    { headers: { 'content-type': 'application/json' } }));
  vi.setSystemTime(NOW);
});

test.each(Object.keys(FORMS))('What was typed into %s is there after a reload', async (name) => {
  const form = FORMS[name] as () => Promise<ComponentChild>;
  const first = await load(form);
  const untouched = says(first.host);
  // Fields may come with others: a tick shows more of them.
  for (let i = 0; i < boxes(first.host).length; i++) {
    await first.act(async () => {
      const box = boxes(first.host)[i] as Box;
      if (box instanceof HTMLInputElement && box.type === 'checkbox') box.click();
      else {
        box.value = box instanceof HTMLSelectElement ? ([...box.options].at(-1)?.value ?? '') : `typed ${i}`;
        box.dispatchEvent(new Event(box instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
      }
    });
  }
  const typed = says(first.host);
  expect(typed).not.toEqual(untouched);
  await first.close();
  const again = await load(form);
  expect(says(again.host)).toEqual(typed);
  await again.close();
});
