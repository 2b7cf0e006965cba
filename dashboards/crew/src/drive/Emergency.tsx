import { Glyph } from '../parts/Glyph';
import { take } from '../state/press';
import { look } from '../state/choice';
import { locale, words } from '../state/preferences';
import { far, orderTitle } from '../state/say';
import type { Order } from '../state/shapes';

/** It interrupts everything until somebody says that it was read. */
export function Emergency({ order, more }: { order: Order; more: number }) {
  const w = words.value;
  const acknowledge = async () => {
    if (await take({ kind: 'acknowledge', order: order.id })) look(order);
  };
  return (
    <div class="emergency-page" role="alertdialog" aria-modal="true" aria-labelledby="emergency-title" aria-describedby="emergency-text">
      <p class="emergency-head"><Glyph name="siren" size={56} />{w.emergencyTitle}{more > 0 && <small>{w.emergencyMore(more)}</small>}</p>
      <div id="emergency-text" class="emergency-text">
        <h1 id="emergency-title">{orderTitle(w, order)}</h1>
        <p class="address">{order.address}{order.distanceM !== undefined && ` · ${far(locale.value, order.distanceM)}`}</p>
        <p class="numbers">{order.number}</p>
        {order.note && <p class="office-note">{order.note}</p>}
      </div>
      <button type="button" class="primary" ref={(b) => b?.focus()} onClick={() => void acknowledge()}><Glyph name="accept" size={56} />{w.doAcknowledge}</button>
    </div>
  );
}
