import { en, type Words } from './en';
import { es } from './es';

export type { Words } from './en';

/** Languages by their BCP 47 tag; the order is the order of the menu. */
export const languages: Record<string, { name: string; words: Words }> = {
  en: { name: 'English', words: en },
  es: { name: 'Español', words: es },
};

/** The best of our languages for the reader's wishes, most wanted first. */
export function pickLanguage(wishes: readonly string[]): string {
  for (const wish of wishes) {
    const tag = wish.toLowerCase().split('-')[0] ?? '';
    if (tag in languages) return tag;
  }
  return 'en';
}
