import { computed } from '@preact/signals';
import { beat, requests } from '../feed/city';
import { figuresOf } from './queue-filter';

const STEP_MS = 30_000;
const now = computed(() => Math.floor(beat.value / STEP_MS) * STEP_MS);

/** What the frame, the queue's tabs and the map's chips say of all requests: counted once for all of them. */
export const figures = computed(() => figuresOf(requests.value, now.value));
