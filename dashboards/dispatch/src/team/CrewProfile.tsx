import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ask, at, send } from '../app/api';
import { districts } from '../app/catalogue';
import { draft, forget, ticked } from '../app/drafts';
import { Field, Line, Problem, useStep } from '../app/form';
import { words } from '../app/preferences';
import { Ticks } from '../app/ticks';
import { didIt } from '../app/undo';
import type { CrewSummary } from '../feed/shapes';

/** All that the registry says of a crew; what is sent replaces it. */
interface Facts {
  id: string;
  name: string;
  members: string[];
  skills: string[];
  contractor: string | null;
  /** Null: nobody has said. */
  equipment?: string[] | null;
  districts?: string[];
}

const list = (text: string) => text.split(',').map((part) => part.trim()).filter(Boolean);

/** What a crew can do and where it works: by this the hub says which crew fits. */
export function CrewProfile({ crew, onDone }: { crew: CrewSummary; onDone: () => void }) {
  const w = words.value;
  const step = useStep(['skills', 'equipment']);
  const known = useSignal<Facts | null>(null);
  const name = (field: string) => `crew/${crew.id}/${field}`;
  useEffect(() => {
    void step.run(async () => {
      const { items } = await ask<{ items: Facts[] }>('/api/crews');
      const own = items.find((c) => c.id === crew.id);
      if (!own) throw new Error(w.notFound);
      known.value = own;
    });
  }, [crew.id]);
  const f = known.value;
  if (!f) return <><p class="hint">{w.loading}</p><Problem step={step} /></>;
  const skills = draft(name('skills'), f.skills.join(', '));
  const inside = ticked(name('districts'), f.districts ?? []);
  const equipment = draft(name('equipment'), (f.equipment ?? []).join(', '));
  const put = (facts: Facts) => {
    const { id, name: called, members, skills: can, contractor, equipment: has, districts: where } = facts;
    return send(at('crews', id), { name: called, members, skills: can, contractor, equipment: has ?? null, districts: where ?? [] }, 'PUT');
  };
  const save = async () => {
    const said = list(equipment.value);
    const next = { ...f, skills: list(skills.value), equipment: said.length > 0 || f.equipment ? said : null, districts: [...inside.value] };
    if (!(await step.run(() => put(next)))) return;
    forget(name('skills'), name('equipment'), name('districts'));
    didIt(w.changed(crew.name), () => put(f));
    onDone();
  };
  return (
    <form
      class="form narrow"
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
    >
      <Field label={w.crewSkills} hint={w.crewSkillsHint} wide error={step.fields.value.skills ?? ''}>{(tie) => <Line {...tie} text={skills} placeholder="electrician, pothole" autofocus />}</Field>
      <Field label={w.crewEquipment} hint={w.crewEquipmentHint} wide error={step.fields.value.equipment ?? ''}>{(tie) => <Line {...tie} text={equipment} placeholder="bucket-truck, asphalt" />}</Field>
      <Ticks label={w.crewDistricts} hint={w.crewDistrictsHint} kept={inside} choices={districts.value} />
      <button type="submit" class="primary wide" disabled={step.busy.value}>{w.save}</button>
      <Problem step={step} />
    </form>
  );
}
