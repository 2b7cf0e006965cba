// The city's own lists: services, departments, districts, ways to end a request. They change with a deployment, so each is asked once.
import { signal } from '@preact/signals';
import { ask } from './api';
import { words } from './preferences';
import { may } from './session';
import { serviceWord } from './states';

export interface Named {
  code: string;
  title: string;
}

export interface Service extends Named {
  group: string;
  department: string;
  pauseReasons: string[];
  resolutions: string[];
  allowSensor: boolean;
  /** What the service asks whoever reports. */
  attributes?: { code: string; description: string; hint: string; required: boolean; variable: boolean; values: { key: string; name: string }[] }[];
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
  if (may('catalogue.read')) catalogue.value = await ask<Catalogue>('/api/services');
}

export const serviceOf = (code: string) => catalogue.value.items.find((s) => s.code === code);
/** In the reader's language where the page knows the service, else as the city calls it. */
export const serviceName = (code: string): string => {
  const word = serviceWord(words.value, code);
  return word === code ? (serviceOf(code)?.title ?? code) : word;
};
export const districtName = (id: string | null | undefined): string => (id ? (districts.value.find((d) => d.id === id)?.name ?? id) : '');
const titleIn = (of: readonly Named[], code: string) => of.find((n) => n.code === code)?.title ?? code;
export const departmentName = (code: string): string => titleIn(catalogue.value.departments, code);
export const resolutionName = (code: string): string => titleIn(catalogue.value.resolutions, code);
