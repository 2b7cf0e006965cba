import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import { Empty } from './Empty';
import { words } from './preferences';

/** A view or a card whose program is fetched when somebody opens it for the first time. */
export function lazy<P extends object>(fetch: () => Promise<FunctionComponent<P>>): FunctionComponent<P> {
  const loaded = signal<{ View: FunctionComponent<P> } | null>(null);
  const problem = signal('');
  const load = () => {
    problem.value = '';
    fetch().then((View) => {
      loaded.value = { View };
    }, (e: Error) => {
      problem.value = e.message;
    });
  };
  return function Later(props: P) {
    const w = words.value;
    useEffect(() => {
      if (!loaded.peek()) load();
    }, []);
    if (loaded.value) return <loaded.value.View {...props} />;
    return (
      <Empty icon={problem.value ? 'gone' : 'inbox'} text={problem.value ? w.failed(problem.value) : w.loading}>
        {problem.value && <button type="button" class="secondary small" onClick={load}>{w.tryAgain}</button>}
      </Empty>
    );
  };
}
