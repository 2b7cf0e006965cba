import type { Problems } from './en';

export type { Problems } from './en';

/** Fetched when something is wrong for the first time. */
export const problems: Record<string, () => Promise<Problems>> = {
  en: () => import('./en').then((m) => m.en),
  es: () => import('./es').then((m) => m.es),
  pt: () => import('./pt').then((m) => m.pt),
  ht: () => import('./ht').then((m) => m.ht),
  zh: () => import('./zh').then((m) => m.zh),
};

export interface Coded {
  code: string;
  values?: Record<string, string>;
}

/** What a code says; null where nobody has words for it: the hub's own sentence then has to do. */
export function sayProblem(words: Problems, { code, values = {} }: Coded): string | null {
  const text = Object.hasOwn(words, code) ? words[code as keyof Problems] : undefined;
  return text?.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '') ?? null;
}
