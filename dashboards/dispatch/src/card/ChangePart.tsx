import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Icon } from '../../../shared/widgets/Icon';
import { at, CHANGED_SINCE, ifUnchanged, send } from '../app/api';
import { catalogue, serviceName, serviceOf, titleIn } from '../app/catalogue';
import { draft, forget } from '../app/drafts';
import { Area, Choice, Field, Line, Problem, useStep } from '../app/form';
import { useKeys } from '../app/keys';
import { words } from '../app/preferences';
import { may } from '../app/session';
import { didIt } from '../app/undo';
import type { RequestDetail, RequestSummary } from '../feed/shapes';
import { EmergencyChoice } from './Emergency';

type Panel = '' | 'edit' | 'wait' | 'resolve' | 'reopen' | 'emergency';

interface ChangeProps {
  request: RequestSummary;
  detail: RequestDetail | null;
  onDone: () => void;
}

/** What a person decides about a request beside its work: change it, let it wait, end it, open it again, make it an emergency. */
export function ChangePart({ request: r, detail, onDone }: ChangeProps) {
  const w = words.value;
  const box = useRef<HTMLElement>(null);
  const open = useSignal<Panel>('');
  const step = useStep();
  const can = may('requests.write');
  const toggle = (panel: Panel) => (open.value = open.value === panel ? '' : panel);
  useKeys([{ key: 'e', say: (words) => words.change, run: () => toggle('edit') }], can);
  if (!can) return null;
  const closed = r.status !== 'open';
  const hidden = r.stage === 'review' || r.stage === 'held';
  const done = () => {
    open.value = '';
    onDone();
  };
  const resume = () => step.run(async () => {
    await send(at('requests', r.number, 'resume'), {});
    onDone();
  });
  const tab = (panel: Panel, text: string, late = false) => (
    <button type="button" class={`link${late ? ' late' : ''}`} aria-expanded={open.value === panel} onClick={() => toggle(panel)}>{text}</button>
  );
  return (
    <section
      class="card-part change-part" aria-label={w.change} ref={box}
      onKeyDown={(e) => {
        if (e.key !== 'Escape' || !open.value) return;
        open.value = '';
        e.stopPropagation();
        box.current?.querySelector<HTMLElement>('button')?.focus();
      }}
    >
      <p class="more-steps">
        {!closed && tab('edit', w.change)}
        {!closed && !hidden && !r.parent && r.stage !== 'waiting' && tab('wait', w.letWait)}
        {r.stage === 'waiting' && <button type="button" class="link" disabled={step.busy.value} onClick={() => void resume()}>{w.goOn}</button>}
        {!closed && !hidden && !r.parent && tab('resolve', w.endIt)}
        {closed && !r.parent && r.stage !== 'withdrawn' && tab('reopen', w.reopen)}
        {!closed && !hidden && may('orders.write') && tab('emergency', w.emergency, true)}
      </p>
      {open.value === 'edit' && <Edit request={r} detail={detail} onDone={done} />}
      {(open.value === 'wait' || open.value === 'resolve' || open.value === 'reopen') && <Decide key={open.value} request={r} what={open.value} onDone={done} />}
      {open.value === 'emergency' && <EmergencyChoice request={r.number} onDone={done} />}
      <Problem step={step} />
    </section>
  );
}

function Edit({ request: r, detail, onDone }: ChangeProps) {
  const w = words.value;
  const step = useStep(['service', 'department', 'priority', 'description']);
  const version = useRef(detail?.version);
  const name = (field: string) => `edit/${r.number}/${field}`;
  const [service, department, priority, description] = [
    draft(name('service'), r.service), draft(name('department'), r.department ?? ''), draft(name('priority'), String(r.priority)),
    draft(name('description'), detail?.description ?? ''),
  ];
  const save = async () => {
    const body: Record<string, unknown> = {};
    const before: Record<string, unknown> = {};
    const put = (field: string, now: unknown, was: unknown) => {
      if (now === was) return;
      body[field] = now;
      before[field] = was;
    };
    put('service', service.value, r.service);
    put('department', department.value || null, r.department ?? null);
    put('priority', Number(priority.value), r.priority);
    put('description', description.value, detail?.description ?? '');
    // What somebody else changed since is not overwritten unseen: the hub says who, and a second press goes ahead.
    const seen = step.status.peek() === CHANGED_SINCE ? {} : ifUnchanged(version.current);
    if (!(await step.run(() => send(at('requests', r.number), body, 'PUT', seen)))) return;
    forget(...['service', 'department', 'priority', 'description'].map(name));
    didIt(w.changed(r.number), async () => {
      await send(at('requests', r.number), before, 'PUT');
      onDone();
    });
    onDone();
  };
  const wrong = step.fields.value;
  return (
    <form
      class="form"
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
    >
      <Field label={w.service} error={wrong.service ?? ''}>{(tie) => <Choice {...tie} text={service} autofocus>{catalogue.value.items.map((s) => <option key={s.code} value={s.code}>{serviceName(s.code)}</option>)}</Choice>}</Field>
      <Field label={w.sortPriority} error={wrong.priority ?? ''}>{(tie) => <Choice {...tie} text={priority}>{[1, 2, 3, 4].map((p) => <option key={p} value={String(p)}>{w.priority(p)}</option>)}</Choice>}</Field>
      <Field label={w.department} wide error={wrong.department ?? ''}>{(tie) => <Choice {...tie} text={department}>{catalogue.value.departments.map((d) => <option key={d.code} value={d.code}>{titleIn(d)}</option>)}</Choice>}</Field>
      <Field label={w.description} wide error={wrong.description ?? ''}>{(tie) => <Area {...tie} text={description} maxLength={4000} />}</Field>
      <button type="submit" class="primary wide" disabled={step.busy.value}>{step.status.value === CHANGED_SINCE ? w.saveAnyway : w.save}</button>
      <Problem step={step} />
    </form>
  );
}

function Decide({ request: r, what, onDone }: { request: RequestSummary; what: 'wait' | 'resolve' | 'reopen'; onDone: () => void }) {
  const w = words.value;
  const step = useStep(['resolution', 'reason', 'why']);
  const code = draft(`${what}/${r.number}/code`);
  const why = draft(`${what}/${r.number}/why`);
  const service = serviceOf(r.service);
  const choices = what === 'wait'
    ? catalogue.value.pauseReasons.filter((p) => service?.pauseReasons.includes(p.code) ?? true)
    : catalogue.value.resolutions.filter((x) => x.closes !== false && (service?.resolutions.includes(x.code) ?? true));
  const opposite = { wait: 'resume', resolve: 'reopen' } as const;
  const decide = async () => {
    const said = why.value.trim() ? { why: why.value.trim() } : {};
    const body = what === 'wait' ? { reason: code.value, ...said } : what === 'resolve' ? { resolution: code.value, ...said } : said;
    if (!(await step.run(() => send(at('requests', r.number, what), body)))) return;
    forget(`${what}/${r.number}/code`, `${what}/${r.number}/why`);
    if (what !== 'reopen') didIt(w.changed(r.number), () => send(at('requests', r.number, opposite[what]), {}));
    onDone();
  };
  return (
    <form
      class="form"
      onSubmit={(e) => {
        e.preventDefault();
        void decide();
      }}
    >
      {what !== 'reopen' && (
        <Field label={what === 'wait' ? w.waitsFor : w.resolution} hint={what === 'resolve' ? catalogue.value.resolutions.find((x) => x.code === code.value)?.wording ?? '' : ''} wide>
          {(tie) => (
            <Choice {...tie} text={code} required autofocus>
              <option value="" />
              {choices.map((c) => <option key={c.code} value={c.code}>{titleIn(c)}</option>)}
            </Choice>
          )}
        </Field>
      )}
      <Field label={w.whoseBecause} wide error={step.fields.value.why ?? ''}>{(tie) => <Line {...tie} text={why} maxLength={400} />}</Field>
      <button type="submit" class="primary wide" disabled={step.busy.value}>
        <Icon name="check" size={16} /> {what === 'wait' ? w.letWait : what === 'resolve' ? w.endIt : w.reopen}
      </button>
      <Problem step={step} />
    </form>
  );
}
