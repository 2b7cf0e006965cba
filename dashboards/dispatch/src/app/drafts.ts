// What somebody typed and has not sent. It outlives a reload of the tab, and nothing else.
import { type Signal, signal } from '@preact/signals';

const KEY = 'field.draft.';
const drafts = new Map<string, { text: Signal<string>; first: string }>();

function kept(name: string): string {
  try {
    return sessionStorage.getItem(KEY + name) ?? '';
  } catch {
    return '';
  }
}

/** One text by its name, such as "note/SR-26-000123"; `first` is what it says while nobody has typed. Set to '' it is gone. */
export function draft(name: string, first = ''): Signal<string> {
  const known = drafts.get(name);
  if (known) {
    // Nobody typed, and what it begins with has changed.
    if (known.text.peek() === known.first && known.first !== first) {
      known.first = first;
      known.text.value = first;
    }
    return known.text;
  }
  const made = { text: signal(kept(name) || first), first };
  drafts.set(name, made);
  made.text.subscribe((value) => {
    try {
      if (value === '' || value === made.first) sessionStorage.removeItem(KEY + name);
      else sessionStorage.setItem(KEY + name, value);
    } catch {
      // Storage is off or full: the text then lasts as long as the page.
    }
  });
  return made.text;
}

/** After it was sent. */
export function forget(...names: string[]) {
  for (const name of names) {
    const known = drafts.get(name);
    if (known) known.text.value = '';
    drafts.delete(name);
  }
}

/** What is ticked in a list, by the same rules. */
export interface Ticked {
  value: readonly string[];
}

/** Codes by their name, such as "event/suspends"; `first` is what is ticked while nobody has touched it. */
export function ticked(name: string, first: readonly string[] = []): Ticked {
  const text = draft(name, JSON.stringify(first));
  return {
    get value() {
      return text.value === '' ? first : (JSON.parse(text.value) as string[]);
    },
    set value(codes) {
      text.value = JSON.stringify(codes);
    },
  };
}

/** Whether anything under a name was typed and not sent. */
export function anyDraft(name: string): boolean {
  try {
    return Object.keys(sessionStorage).some((key) => key.startsWith(KEY + name));
  } catch {
    return false;
  }
}
