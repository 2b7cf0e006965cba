import type { Words } from './en';

export type { Words } from './en';
export { en } from './en';

/** The dispatcher's words beside English, which the page always has: each is fetched when somebody wants it. */
export const dictionaries: Record<string, () => Promise<Words>> = {
  es: () => import('./es').then((m) => m.es),
  pt: () => import('./pt').then((m) => m.pt),
  ht: () => import('./ht').then((m) => m.ht),
  zh: () => import('./zh').then((m) => m.zh),
};

export const tags = ['en', ...Object.keys(dictionaries)];
