// Whoever uses the keyboard never starts again at the top: when what had the focus goes away, the nearest thing that is left takes it.

const FOCUSABLE = 'button:enabled, a[href], input:enabled, select:enabled, textarea:enabled, [tabindex="0"]';
/** What a place consists of: beyond it the way one came is nearer than its neighbours. */
const PLACES = '.card, .list-pane, .map-pane, .top-bar, .rail';
const MOST = 20;

const cameFrom: HTMLElement[] = [];
let above: Element[] = [];

const seen = (e: HTMLElement) => e.isConnected && e.getClientRects().length > 0;

function note(event: FocusEvent) {
  const at = event.target as HTMLElement;
  if (cameFrom.at(-1) !== at) cameFrom.push(at);
  if (cameFrom.length > MOST) cameFrom.shift();
  above = [];
  for (let e = at.parentElement; e && !e.matches(PLACES); e = e.parentElement) above.push(e);
}

/** What should have the focus now that the last one is gone. */
function next(): HTMLElement | undefined {
  for (const e of above) {
    if (!e.isConnected) continue;
    const near = [...e.querySelectorAll<HTMLElement>(FOCUSABLE)].find(seen);
    if (near) return near;
  }
  // A card went: back to the list that it was chosen in.
  const back = [...cameFrom].reverse().filter(seen);
  return back.find((e) => e.closest('.list-pane')) ?? back[0];
}

function recover() {
  const last = cameFrom.at(-1);
  if (!last || document.activeElement !== document.body || seen(last)) return;
  next()?.focus();
}

export function keepFocus(page: HTMLElement) {
  page.addEventListener('focusin', note);
  // After the page has drawn all of a change: what replaces something comes with it.
  new MutationObserver(() => {
    if (document.activeElement === document.body && cameFrom.length > 0) requestAnimationFrame(recover);
  }).observe(page, { childList: true, subtree: true });
}
