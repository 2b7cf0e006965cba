// What the reader chose: kept in this browser only.
import { computed, effect, signal } from '@preact/signals';
import { languages, pickLanguage, type Words } from '../../../shared/words';

export type Theme = 'auto' | 'light' | 'dark';

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

const systemDark = matchMedia('(prefers-color-scheme: dark)');
const systemTheme = signal<'light' | 'dark'>(systemDark.matches ? 'dark' : 'light');
systemDark.addEventListener('change', (e) => {
  systemTheme.value = e.matches ? 'dark' : 'light';
});

export const theme = signal<Theme>((kept('field.theme') as Theme | null) ?? 'auto');
export const shownTheme = computed(() => (theme.value === 'auto' ? systemTheme.value : theme.value));
export const language = signal(pickLanguage([kept('field.language') ?? '', ...navigator.languages]));
export const words = computed<Words>(() => (languages[language.value] ?? languages.en)?.words as Words);

/** Locale for numbers, times and units: the reader's own region in the chosen language. */
export const locale = computed(() => {
  const same = navigator.languages.find((l) => l.toLowerCase().startsWith(language.value));
  return same ?? `${language.value}-US`;
});

effect(() => {
  document.documentElement.dataset.theme = shownTheme.value;
  keep('field.theme', theme.value);
});
effect(() => {
  document.documentElement.lang = language.value;
  keep('field.language', language.value);
});
