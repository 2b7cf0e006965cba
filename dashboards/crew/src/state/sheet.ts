import { signal } from '@preact/signals';

export type Sheet =
  | 'note' | 'photo' | 'voice' | 'material' | 'notDone' | 'signature' | 'report' | 'today' | 'shift' | 'language' | 'stops' | 'member' | 'hazards' | 'add';

/** What lies over the board; null: nothing. */
export const sheet = signal<Sheet | null>(null);

/** The finished job to which something is added; null: none. */
export const adding = signal<{ id: string; label: string } | null>(null);

export const addTo = (id: string, label: string) => {
  adding.value = { id, label };
  sheet.value = 'add';
};

/** Back to what was there before. */
export const close = () => {
  const backTo = adding.peek() && sheet.peek() !== 'add' ? 'add' : null;
  if (!backTo) adding.value = null;
  sheet.value = backTo;
};
