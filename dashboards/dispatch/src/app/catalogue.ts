// The city's own lists: services, departments, districts, ways to end a request. They change with a deployment, so each is asked once.
import { signal } from '@preact/signals';
import { ask } from './api';
import { language, words } from './preferences';
import { may } from './session';
import { cityTitles, serviceWord } from './states';

export interface Named {
  code: string;
  title: string;
  /** In other languages, by their tags. */
  titles?: Record<string, string>;
}

/** What a service asks whoever reports. */
export interface Question {
  code: string;
  description: string;
  descriptions?: Record<string, string>;
  hint: string;
  hints?: Record<string, string>;
  required: boolean;
  variable: boolean;
  values: { key: string; name: string; names?: Record<string, string> }[];
}

export interface Service extends Named {
  group: string;
  department: string;
  pauseReasons: string[];
  resolutions: string[];
  allowSensor: boolean;
  /** What the service asks whoever reports. */
  attributes?: Question[];
}

export interface Catalogue {
  items: Service[];
  departments: Named[];
  pauseReasons: Named[];
  resolutions: (Named & { wording: string; closes: boolean })[];
}

export const catalogue = signal<Catalogue>({ items: [], departments: [], pauseReasons: [], resolutions: [] });
export const districts = signal<{ id: string; name: string }[]>([]);

export async function readCatalogue() {
  if (may('map.read')) districts.value = (await ask<{ items: { id: string; name: string }[] }>('/api/districts')).items;
  if (may('catalogue.read')) {
    catalogue.value = await ask<Catalogue>('/api/services');
    cityTitles.value = new Map(catalogue.value.items.map((s) => [s.code, s]));
  }
}

export const serviceOf = (code: string) => catalogue.value.items.find((s) => s.code === code);
/** In the reader's language where the city or the page has it, else as the city calls it. */
export const serviceName = (code: string): string => serviceWord(words.value, code);
/** A text of the catalogue in the reader's language, else as the city wrote it first. */
export const said = (text: string, others: Record<string, string> | undefined): string => others?.[language.value] ?? text;
export const titleIn = (n: Named): string => said(n.title, n.titles);
const named = (of: readonly Named[], code: string): string => {
  const found = of.find((n) => n.code === code);
  return found ? titleIn(found) : code;
};
export const departmentName = (code: string): string => named(catalogue.value.departments, code);
export const resolutionName = (code: string): string => named(catalogue.value.resolutions, code);
export const pauseName = (code: string): string => named(catalogue.value.pauseReasons, code);
export const districtName = (id: string | null | undefined): string => (id ? (districts.value.find((d) => d.id === id)?.name ?? id) : '');
