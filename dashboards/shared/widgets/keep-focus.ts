// Whoever uses the keyboard never starts again at the top: when what had the focus goes away, the nearest thing that is left takes it.

const FOCUSABLE = 'button:enabled, a[href], input:enabled, select:enabled, textarea:enabled, [tabindex="0"]';

interface Places {
  /** What a page consists of: beyond one of these nothing is near any more. */
  parts: string;
  /** Where one goes back to then, such as the list that a card was chosen in. */
  home: string;
}

const seen = (e: HTMLElement) => e.isConnected && e.getClientRects().length > 0;
const firstIn = (e: Element) => [...e.querySelectorAll<HTMLElement>(FOCUSABLE)].find(seen);

export function keepFocus(page: HTMLElement, { parts, home }: Places) {
  let last: HTMLElement | null = null;
  let lastAtHome: HTMLElement | null = null;
  let above: Element[] = [];
  page.addEventListener('focusin', (event) => {
    last = event.target as HTMLElement;
    if (last.closest(home)) lastAtHome = last;
    above = [];
    for (let e = last.parentElement; e && !e.matches(parts); e = e.parentElement) above.push(e);
  });
  const recover = () => {
    if (!last || document.activeElement !== document.body || seen(last)) return;
    const near = above.filter((e) => e.isConnected).map(firstIn).find((e) => e !== undefined);
    const list = document.querySelector(home);
    const back = lastAtHome && seen(lastAtHome) ? lastAtHome : (list?.querySelector<HTMLElement>('[role="listbox"]') ?? (list && firstIn(list)));
    (near ?? back)?.focus();
  };
  // After the page has drawn all of a change: what replaces something comes with it.
  new MutationObserver(() => {
    if (last && document.activeElement === document.body) requestAnimationFrame(recover);
  }).observe(page, { childList: true, subtree: true });
}
