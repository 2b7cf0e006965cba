// What the reader chose: kept in this browser only.
import { computed, effect, signal } from '@preact/signals';
import { pickLanguage } from '../../../shared/words';
import { dictionaries, en, tags, type Words } from '../../../shared/words/dispatch';

export type Theme = 'auto' | 'light' | 'dark';

export function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function keep(key: string, value: string) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage can be switched off: the choice then lasts as long as the page.
  }
}

const systemDark = matchMedia('(prefers-color-scheme: dark)');
const systemTheme = signal<'light' | 'dark'>(systemDark.matches ? 'dark' : 'light');
systemDark.addEventListener('change', (e) => {
  systemTheme.value = e.matches ? 'dark' : 'light';
});

/** Whether letters and signs pressed alone do something (WCAG 2.1.4). */
export const singleKeys = signal(kept('field.keys') !== 'off');
export const theme = signal<Theme>((kept('field.theme') as Theme | null) ?? 'auto');
export const shownTheme = computed(() => (theme.value === 'auto' ? systemTheme.value : theme.value));
export const language = signal(pickLanguage([kept('field.language') ?? '', ...navigator.languages], tags));
/** What the page says. A language that is still on its way leaves the one before. */
export const words = signal<Words>(en);

async function speak(tag: string) {
  try {
    const wanted = tag === 'en' ? en : await dictionaries[tag]?.();
    if (wanted && language.peek() === tag) words.value = wanted;
  } catch {
    // The hub is away, and with it the dictionary: the page goes on in the language it has.
  }
}

/** The first words are the right ones: the page is drawn when this is done. */
export const ready = speak(language.peek());
language.subscribe((tag) => void speak(tag));

/** Locale for numbers, times and units: the reader's own region in the chosen language. */
export const locale = computed(() => {
  const same = navigator.languages.find((l) => l.toLowerCase().startsWith(language.value));
  // No browser has Haitian Creole's own numbers and dates: French ones are what its readers write.
  return same ?? `${language.value === 'ht' ? 'fr' : language.value}-US`;
});

effect(() => {
  document.documentElement.dataset.theme = shownTheme.value;
  keep('field.theme', theme.value);
});
effect(() => {
  document.documentElement.dataset.keys = singleKeys.value ? 'on' : 'off';
  keep('field.keys', singleKeys.value ? 'on' : 'off');
});
effect(() => {
  document.documentElement.lang = language.value;
  keep('field.language', language.value);
});
