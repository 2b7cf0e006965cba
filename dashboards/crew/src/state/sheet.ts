import { signal } from '@preact/signals';

export type Sheet = 'note' | 'photo' | 'voice' | 'material' | 'notDone' | 'signature' | 'report' | 'today' | 'shift' | 'language' | 'stops' | 'member';

/** What lies over the board; null: nothing. */
export const sheet = signal<Sheet | null>(null);

export const close = () => {
  sheet.value = null;
};
