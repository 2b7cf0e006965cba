import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

export interface WindowListProps<T> {
  label: string;
  items: readonly T[];
  keyOf: (item: T) => string;
  rowHeight: number;
  selected: string | null;
  onSelect: (item: T) => void;
  row: (item: T) => ComponentChildren;
  empty: ComponentChildren;
  /** Keys of items that are marked; with it, "x" and Ctrl mark one, Shift a stretch. */
  marked?: ReadonlySet<string>;
  onMark?: (keys: ReadonlySet<string>) => void;
  /** Makes rows draggable; called when a drag begins. */
  onDrag?: (item: T) => void;
}

const BEYOND = 4;

/** A long list that only draws what is seen. One stop of the Tab key; arrows move, Enter selects. */
export function WindowList<T>(props: WindowListProps<T>) {
  const { items, keyOf, rowHeight, selected } = props;
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(800);
  const [cursor, setCursor] = useState<string | null>(null);
  useEffect(() => {
    if (!box.current) return;
    const host = box.current;
    const watch = new ResizeObserver(() => setHeight(host.clientHeight));
    watch.observe(host);
    return () => watch.disconnect();
  }, []);
  const reveal = (index: number) => {
    const host = box.current;
    if (!host || index < 0) return;
    const y = index * rowHeight;
    if (y < host.scrollTop) host.scrollTop = y;
    else if (y + rowHeight > host.scrollTop + host.clientHeight) host.scrollTop = y + rowHeight - host.clientHeight;
  };
  const indexOf = (key: string | null) => (key === null ? -1 : items.findIndex((i) => keyOf(i) === key));
  useEffect(() => {
    reveal(indexOf(selected));
    setCursor(selected);
  }, [selected]);
  const active = Math.max(indexOf(cursor), indexOf(cursor) < 0 ? indexOf(selected) : -1);
  const mark = (item: T, upTo: boolean) => {
    if (!props.marked || !props.onMark) return;
    const key = keyOf(item);
    const next = new Set(props.marked);
    const [from, to] = [active, items.indexOf(item)].sort((a, b) => a - b) as [number, number];
    if (upTo && from >= 0) for (const other of items.slice(from, to + 1)) next.add(keyOf(other));
    else if (!next.delete(key)) next.add(key);
    setCursor(key);
    props.onMark(next);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(height / rowHeight) - 1);
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -1e9, End: 1e9 };
    const move = moves[event.key];
    if (move !== undefined) {
      const next = Math.max(0, Math.min(items.length - 1, active < 0 ? 0 : active + move));
      const item = items[next];
      if (item) setCursor(keyOf(item));
      reveal(next);
    } else if (event.key === 'Enter' || event.key === ' ') {
      const item = items[active];
      if (item) props.onSelect(item);
    } else if (event.key === 'x' && props.onMark) {
      const item = items[active];
      if (item) mark(item, false);
    } else return;
    event.preventDefault();
  };
  if (items.length === 0) return <div class="window-list">{props.empty}</div>;
  const first = Math.max(0, Math.floor(top / rowHeight) - BEYOND);
  const last = Math.min(items.length, Math.ceil((top + height) / rowHeight) + BEYOND);
  return (
    <div
      class="window-list" ref={box} role="listbox" tabIndex={0} aria-label={props.label} aria-multiselectable={props.onMark ? true : undefined}
      aria-activedescendant={active >= first && active < last ? `row-${keyOf(items[active] as T)}` : undefined}
      onScroll={(e) => setTop(e.currentTarget.scrollTop)} onKeyDown={onKey}
    >
      <div style={{ height: `${items.length * rowHeight}px`, position: 'relative' }} role="presentation">
        {items.slice(first, last).map((item, i) => {
          const key = keyOf(item);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox takes the keys
            <div
              key={key} id={`row-${key}`} role="option" tabIndex={-1} aria-selected={key === selected}
              aria-setsize={items.length} aria-posinset={first + i + 1}
              aria-checked={props.marked ? props.marked.has(key) : undefined} draggable={props.onDrag ? true : undefined}
              class={`window-row${key === selected ? ' selected' : ''}${first + i === active ? ' cursor' : ''}${props.marked?.has(key) ? ' marked' : ''}`}
              style={{ top: `${(first + i) * rowHeight}px`, height: `${rowHeight}px` }}
              onClick={(e) => (props.onMark && (e.ctrlKey || e.metaKey || e.shiftKey) ? mark(item, e.shiftKey) : props.onSelect(item))}
              onDragStart={(e) => {
                e.dataTransfer?.setData('text/plain', key);
                // The row must still stand as it was when the browser takes its picture.
                setTimeout(() => props.onDrag?.(item));
              }}
            >
              {props.row(item)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
