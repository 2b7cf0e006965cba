/** Languages of the screens by their BCP 47 tag, each in its own words; the order is the order of the menus. */
export const languages: Record<string, string> = {
  en: 'English', es: 'Español', pt: 'Português', ht: 'Kreyòl ayisyen', zh: '中文',
};

/** The best of the languages a page has for the reader's wishes, most wanted first. */
export function pickLanguage(wishes: readonly string[], tags: readonly string[]): string {
  for (const wish of wishes) {
    const tag = wish.toLowerCase().split('-')[0] ?? '';
    if (tags.includes(tag)) return tag;
  }
  return 'en';
}
