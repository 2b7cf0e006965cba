// What the physical button did is said, where there is a voice: whoever presses it does not look at the screen.
import { language, words } from './preferences';
import { pressed, say } from './press';
import { aboutOf } from './say';
import { state } from './stream';

const FRESH_MS = 20_000;
let known: Set<string> | null = null;

export function startTelling() {
  state.subscribe((s) => {
    if (!s) return;
    const before = known;
    known = new Set(s.recent.map((d) => d.id));
    if (!before || !s.speaks) return;
    const w = words.peek();
    const fresh = s.recent.find((d) => d.mine && !before.has(d.id) && !pressed.has(d.id) && Date.now() - Date.parse(d.taken) < FRESH_MS);
    if (fresh) say(w.sayDone([w.did[fresh.kind] ?? fresh.kind, aboutOf(w, fresh, s.services)].filter(Boolean).join(', ')), language.peek());
  });
}
