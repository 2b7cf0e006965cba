import { signal } from '@preact/signals';
import type { MapInfo, Person } from '../feed/shapes';
import { ask } from './api';

export const person = signal<Person | null>(null);
export const mapInfo = signal<MapInfo | null>(null);

export async function startSession() {
  person.value = await ask<Person>('/api/me');
  mapInfo.value = await ask<MapInfo>('/api/map');
}

/** Whether the signed-in person may do this; the hub decides again on each call. */
export function may(permission: string): boolean {
  const granted = person.value?.permissions;
  return granted === undefined || granted.includes(permission) || granted.includes('*');
}

export async function signOut() {
  await ask('/api/session', { method: 'DELETE' });
  location.assign('/sign-in');
}
