// Language and theme. By itself the theme follows the daylight where the vehicle is.
import { computed, effect, signal } from '@preact/signals';
import { pickLanguage } from '../../../shared/words';
import { dictionaries, en, tags, type Words } from '../../../shared/words/crew';
import { state } from './stream';

export type Theme = 'auto' | 'light' | 'night';

// A bridge is not the night.
const STEADY_MS = 4000;

function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, value: string) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage can be switched off: the choice then lasts as long as the page.
  }
}

export const theme = signal<Theme>((kept('crew.theme') as Theme | null) ?? 'auto');
const dark = signal<boolean | null>(null);
let turning: { to: boolean; timer: ReturnType<typeof setTimeout> } | null = null;

state.subscribe((s) => {
  const is = s?.dark ?? null;
  if (is === null || turning?.to === is) return;
  if (turning) clearTimeout(turning.timer);
  turning = null;
  if (dark.peek() === null) dark.value = is;
  if (is === dark.peek()) return;
  turning = {
    to: is,
    timer: setTimeout(() => {
      turning = null;
      dark.value = is;
    }, STEADY_MS),
  };
});

export const shownTheme = computed<'light' | 'night'>(() => {
  if (theme.value !== 'auto') return theme.value;
  return dark.value ? 'night' : 'light';
});

export const language = signal(pickLanguage([kept('crew.language') ?? '', ...navigator.languages], tags));

/** What the page says. A language that is still on its way leaves the one before. */
export const words = signal<Words>(en);

async function speak(tag: string) {
  try {
    const wanted = tag === 'en' ? en : await dictionaries[tag]?.();
    if (wanted && language.peek() === tag) words.value = wanted;
  } catch {
    // The page goes on in the language it has.
  }
}

export const ready = speak(language.peek());
language.subscribe((tag) => void speak(tag));

/** Locale for numbers, times and units: the reader's own region in the chosen language. */
export const locale = computed(() => {
  const same = navigator.languages.find((l) => l.toLowerCase().startsWith(language.value) && l.includes('-'));
  // No browser has Haitian Creole's own numbers and dates: French ones are what its readers write.
  return same ?? `${language.value === 'ht' ? 'fr' : language.value}-US`;
});

effect(() => {
  document.documentElement.dataset.theme = shownTheme.value;
  keep('crew.theme', theme.value);
});
effect(() => {
  document.documentElement.lang = language.value;
  keep('crew.language', language.value);
});
