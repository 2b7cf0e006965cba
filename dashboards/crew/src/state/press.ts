// A press of a button: saved when the vehicle computer has it on its disk, not before.
import { signal } from '@preact/signals';
import type { Words } from '../../../shared/words/crew';
import type { Press } from './shapes';

const TRIES = 3;

export type Outcome = { kind: 'saving' } | { kind: 'saved' } | { kind: 'failed'; status: number; cause: string };

/** The last press and what became of it. */
export const last = signal<{ press: Omit<Press, 'id'> & { id: string }; outcome: Outcome } | null>(null);

/** Ids of what was pressed on this page: what the vehicle took from elsewhere is not among them. */
export const pressed = new Set<string>();

export const newId = (): string => crypto.randomUUID();

/** Takes an action. The same id is sent again until the vehicle computer answers, so that it counts once. */
export async function take(press: Omit<Press, 'id'>, id = newId()): Promise<boolean> {
  const whole = { ...press, id };
  pressed.add(id);
  last.value = { press: whole, outcome: { kind: 'saving' } };
  const outcome = await post('/console/actions', whole);
  if (last.peek()?.press.id === id) last.value = { press: whole, outcome };
  return outcome.kind === 'saved';
}

/** The same press again, under the same id. */
export const again = (): void => {
  const failed = last.peek();
  if (failed) void take(failed.press, failed.press.id);
};

export const changeShift = (body: object): Promise<Outcome> => post('/console/shift', body);

/** Why somebody was not signed on, in the crew's words; empty when they were. */
export function refusalOf(w: Words, outcome: Outcome): string {
  if (outcome.kind !== 'failed') return '';
  const wait = outcome.status === 429 ? /\d+/.exec(outcome.cause)?.[0] : undefined;
  if (wait) return w.tooMany(Number(wait));
  return outcome.status === 403 ? w.wrongPin : `${w.notSaved} ${outcome.cause}`;
}

/** Has a message read out. Silence is no error. */
export const say = (text: string, language: string): void => void post('/console/say', { text, language });

/** Keeps a file on the vehicle; an action names it later. */
export async function keepFile(file: Blob, type: string): Promise<string | null> {
  try {
    const response = await fetch('/console/attachments', { method: 'POST', headers: { 'content-type': type }, body: file });
    if (!response.ok) return null;
    return ((await response.json()) as { sha256: string }).sha256;
  } catch {
    return null;
  }
}

async function post(path: string, body: object): Promise<Outcome> {
  let failed: Outcome = { kind: 'failed', status: 0, cause: '' };
  for (let i = 0; i < TRIES; i++) {
    try {
      const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
      if (response.ok) return { kind: 'saved' };
      failed = { kind: 'failed', status: response.status, cause: await causeOf(response) };
      // What was refused is refused again.
      if (response.status < 500 || response.status === 501) return failed;
    } catch {
      // It may or may not have arrived: the same id makes it one action.
    }
    await new Promise((r) => setTimeout(r, 400 * (i + 1)));
  }
  return failed;
}

async function causeOf(response: Response): Promise<string> {
  try {
    return ((await response.json()) as { title?: string }).title ?? '';
  } catch {
    return '';
  }
}
