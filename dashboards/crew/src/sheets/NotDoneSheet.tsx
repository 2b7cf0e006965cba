import { Glyph, type GlyphName } from '../parts/Glyph';
import { words } from '../state/preferences';
import { close, sheet } from '../state/sheet';
import { isUnderWay, type ConsoleState, type Order, type Press } from '../state/shapes';
import { step } from '../board/steps';
import { Sheet } from './Sheet';

type Way = [glyph: GlyphName, text: string, part: Omit<Press, 'id' | 'order'>];

/** Everything that ends or halts a job without it being done: one tap each, undone in the row below the job. */
export function NotDoneSheet({ order, state }: { order: Order; state: ConsoleState }) {
  const w = words.value;
  const groups: [string, Way[]][] = [
    [w.cannot, [
      ['other', w.nothingFound, { kind: 'cannotComplete', reason: 'nothing-found' }], ['wrench', w.otherDefect, { kind: 'cannotComplete', reason: 'other-defect' }],
      ['home', w.otherOwner, { kind: 'cannotComplete', reason: 'other-owner' }], ['cross', w.noAccess, { kind: 'cannotComplete', reason: 'no-access' }],
      ['warning', w.unsafe, { kind: 'cannotComplete', reason: 'unsafe' }], ['material', w.noEquipment, { kind: 'cannotComplete', reason: 'wrong-equipment' }],
    ]],
    [w.waitFor, [
      ['material', w.parts, { kind: 'wait', reason: 'parts' }], ['lamp', w.utility, { kind: 'wait', reason: 'utility' }], ['water', w.weather, { kind: 'wait', reason: 'weather' }],
      ['siren', w.police, { kind: 'wait', reason: 'police' }], ['inspect', w.permit, { kind: 'wait', reason: 'permit' }],
      ...(isUnderWay(order) ? [['pause', w.doSuspend, { kind: 'suspend' }] as Way] : []),
    ]],
    [w.instead, [
      ['safe', w.doMakeSafe, { kind: 'makeSafe' }], ['temporary', w.doTemporary, { kind: 'temporaryRepair' }], ['undo', w.toOffice, { kind: 'handOver' }],
      ...(state.crews ?? []).filter((c) => c.id !== state.shift.crew).slice(0, 2).map((c) => ['crew', `${w.giveAway}: ${c.name}`, { kind: 'handOver', to: c.id }] as Way),
    ]],
  ];
  return (
    <Sheet title={w.notDone}>
      {groups.map(([name, ways]) => (
        <section key={name} class="ways" aria-label={name}>
          <h3>{name}</h3>
          <div>
            {ways.map(([glyph, text, part]) => (
              <button key={text} type="button" class="way-button" onClick={() => { close(); void step(order, part); }}><Glyph name={glyph} size={30} /><span>{text}</span></button>
            ))}
            {name === w.instead && <button type="button" class="way-button" onClick={() => { sheet.value = 'signature'; }}><Glyph name="signature" size={30} /><span>{w.signatureTool}</span></button>}
          </div>
        </section>
      ))}
    </Sheet>
  );
}
