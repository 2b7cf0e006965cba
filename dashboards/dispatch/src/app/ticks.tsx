// Boxes to tick that are bound to a draft.
import type { Signal } from '@preact/signals';
import type { Ticked } from './drafts';

const YES = 'yes';

export const isTicked = (text: Signal<string>): boolean => text.value === YES;

/** One box; its draft says yes, or nothing. */
export const Tick = ({ label, text }: { label: string; text: Signal<string> }) => (
  <label class="tick"><input type="checkbox" checked={isTicked(text)} onChange={(e) => (text.value = e.currentTarget.checked ? YES : '')} /> {label}</label>
);

interface TicksProps {
  label: string;
  hint: string;
  kept: Ticked;
  choices: readonly { id: string; name: string }[];
}

/** Several of a list. */
export const Ticks = ({ label, hint, kept, choices }: TicksProps) => (
  <fieldset class="field wide checks">
    <legend>{label}</legend>
    <p class="hint">{hint}</p>
    {choices.map(({ id, name }) => (
      <label key={id}>
        <input
          type="checkbox" checked={kept.value.includes(id)}
          onChange={(e) => (kept.value = e.currentTarget.checked ? [...kept.value, id] : kept.value.filter((other) => other !== id))}
        />
        {name}
      </label>
    ))}
  </fieldset>
);
