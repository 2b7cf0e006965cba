// Forms: what is wrong stands at its field, what was typed stays.
import { type Signal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { ApiError } from './api';
import { words } from './preferences';

export interface Step {
  busy: Signal<boolean>;
  /** Status of the last refusal; 0: none. */
  status: Signal<number>;
  /** What went wrong and belongs to no field. */
  problem: Signal<string>;
  fields: Signal<Record<string, string>>;
  /** Runs one call to the hub. @returns whether it worked. */
  run: (call: () => Promise<unknown>) => Promise<boolean>;
}

/** @param known Fields that the form shows: errors of others are said below it. */
export function useStep(known: readonly string[] = []): Step {
  const step = { busy: useSignal(false), status: useSignal(0), problem: useSignal(''), fields: useSignal<Record<string, string>>({}) };
  const run = async (call: () => Promise<unknown>) => {
    if (step.busy.peek()) return false;
    step.busy.value = true;
    step.problem.value = '';
    step.fields.value = {};
    step.status.value = 0;
    try {
      await call();
      return true;
    } catch (e) {
      const at = e instanceof ApiError ? e.fields : {};
      step.status.value = e instanceof ApiError ? e.status : 0;
      step.fields.value = at;
      if (!Object.keys(at).some((name) => known.includes(name))) step.problem.value = (e as Error).message;
      return false;
    } finally {
      step.busy.value = false;
    }
  };
  return { ...step, run };
}

export function Problem({ step }: { step: Step }) {
  const text = step.problem.value;
  return text ? <p class="problem" role="alert">{words.value.failed(text)}</p> : null;
}

interface FieldProps {
  label: string;
  hint?: string;
  error?: string;
  wide?: boolean;
  /** Gets what ties it to its label and its error. */
  children: (tie: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ComponentChildren;
}

export function Field({ label, hint, error, wide, children }: FieldProps) {
  const id = useId();
  const said = error || hint;
  return (
    <div class={`field${wide ? ' wide' : ''}`}>
      <label for={id}>{label}</label>
      {children({ id, ...(said ? { 'aria-describedby': `${id}-said` } : {}), ...(error ? { 'aria-invalid': true as const } : {}) })}
      {said && <p id={`${id}-said`} class={error ? 'field-error' : 'hint'}>{said}</p>}
    </div>
  );
}

/** One function for all fields: it runs when a field appears, not at each key. */
const takeFocus = (field: HTMLElement | null) => field?.focus();
const first = (autofocus?: boolean) => (autofocus ? { ref: takeFocus } : {});

type TextProps = { text: Signal<string>; type?: 'text' | 'date' | 'datetime-local'; required?: boolean; maxLength?: number; placeholder?: string; autocomplete?: 'off'; autofocus?: boolean; id?: string };

/** A line that is bound to a draft. */
export const Line = ({ text, type = 'text', autofocus, ...rest }: TextProps) => <input {...rest} {...first(autofocus)} type={type as 'text'} value={text.value} onInput={(e) => (text.value = e.currentTarget.value)} />;

type AreaProps = { text: Signal<string>; required?: boolean; maxLength?: number; rows?: number; autofocus?: boolean; id?: string };

export const Area = ({ text, autofocus, ...rest }: AreaProps) => <textarea rows={3} {...rest} {...first(autofocus)} value={text.value} onInput={(e) => (text.value = e.currentTarget.value)} />;

type ChoiceProps = { text: Signal<string>; required?: boolean; autofocus?: boolean; id?: string; children: ComponentChildren };

export const Choice = ({ text, autofocus, ...rest }: ChoiceProps) => <select {...rest} {...first(autofocus)} value={text.value} onChange={(e) => (text.value = e.currentTarget.value)} />;
