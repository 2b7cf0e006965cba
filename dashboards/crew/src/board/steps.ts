// The next step of a job, and whether what is typed goes with it.
import type { Words } from '../../../shared/words/crew';
import type { GlyphName } from '../parts/Glyph';
import { draftOf, drop, usedOf } from '../state/draft';
import { take } from '../state/press';
import type { Order, Press } from '../state/shapes';

export interface Step { kind: string; text: string; glyph: GlyphName }

export function nextStep(w: Words, order: Order): Step | null {
  switch (order.state) {
    case 'assigned': return { kind: 'accept', text: w.doAccept, glyph: 'accept' };
    case 'accepted': return { kind: 'arrive', text: w.doArrive, glyph: 'here' };
    case 'arrived': return { kind: 'start', text: w.doStart, glyph: 'start' };
    case 'started': return { kind: 'complete', text: order.kind === 'make-safe' ? w.doMakeSafe : w.doComplete, glyph: order.kind === 'make-safe' ? 'safe' : 'done' };
    case 'suspended': case 'waiting': case 'made-safe': return { kind: 'start', text: w.doResume, glyph: 'start' };
    default: return null;
  }
}

/** Takes a step of an order; its note and files leave with it. */
export async function step(order: Order, part: Omit<Press, 'id' | 'order'>): Promise<boolean> {
  const draft = draftOf(order.id);
  const used = usedOf(draft);
  const saved = await take({
    ...part, order: order.id,
    ...(draft.note ? { note: part.note ? `${draft.note} ${part.note}` : draft.note } : {}),
    ...(draft.files.length > 0 ? { attachments: draft.files } : {}),
    ...(used.length > 0 ? { used } : {}),
  });
  if (saved) drop(order.id);
  return saved;
}
