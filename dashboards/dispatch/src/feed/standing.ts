// What needs somebody's eye: calls of crews, emergencies that nobody has read, target dates that come near.
import { computed, signal } from '@preact/signals';
import { ask } from '../app/api';
import { orderIsOpen } from '../app/states';
import { crewAlerts, orders } from './city';
import type { TargetAlert } from './shapes';

const AGAIN_MS = 30_000;
const MOST = 200;

export const targetAlerts = signal<TargetAlert[]>([]);
export const alertProblem = signal('');
export const emergencies = computed(() => orders.value.filter((o) => o.emergency && orderIsOpen(o)));
export const standing = computed(() => crewAlerts.value.length + emergencies.value.filter((o) => o.mustAcknowledge).length + targetAlerts.value.length);

let timer = 0;

async function look() {
  try {
    targetAlerts.value = (await ask<{ items: TargetAlert[] }>(`/api/requests/alerts?state=open&limit=${MOST}`)).items;
    alertProblem.value = '';
  } catch (e) {
    alertProblem.value = (e as Error).message;
  }
}

/** The frame shows how many there are, whichever view is open. */
export function watchAlerts() {
  clearInterval(timer);
  timer = window.setInterval(look, AGAIN_MS);
  void look();
}

export const takenOn = (id: string) => {
  targetAlerts.value = targetAlerts.peek().filter((a) => a.id !== id);
};
export const putBack = (alert: TargetAlert) => {
  targetAlerts.value = [alert, ...targetAlerts.peek().filter((a) => a.id !== alert.id)];
};
