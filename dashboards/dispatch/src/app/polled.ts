import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ApiError, ask } from './api';

export interface Polled<T> {
  /** Null until the first answer. The last good answer stays while the hub is away. */
  value: Signal<T | null>;
  problem: Signal<string>;
  /** The hub has no such thing. */
  gone: Signal<boolean>;
}

/** Asks the hub again and again while the component is shown. */
export function usePolled<T>(path: string, everyMs: number): Polled<T> {
  const polled: Polled<T> = { value: useSignal<T | null>(null), problem: useSignal(''), gone: useSignal(false) };
  useEffect(() => {
    const stop = new AbortController();
    let timer = 0;
    const look = async () => {
      try {
        polled.value.value = await ask<T>(path, { signal: stop.signal });
        polled.problem.value = '';
        polled.gone.value = false;
      } catch (e) {
        if (stop.signal.aborted) return;
        polled.problem.value = (e as Error).message;
        polled.gone.value = e instanceof ApiError && e.status === 404;
      }
      timer = window.setTimeout(look, everyMs);
    };
    void look();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [path]);
  return polled;
}
