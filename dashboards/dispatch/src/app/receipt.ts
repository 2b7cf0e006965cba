// What a shift receipt says, and of which records: worked out here, worded in the dictionaries. Pure.
import { clockTime, moment } from '../../../shared/format/time';
import type { Words } from '../../../shared/words/dispatch';
import type { Gaps, OfflineBudget, ShiftOnUnit, ShiftReceipt } from '../feed/shapes';

export type ReceiptState = 'complete' | 'missing' | 'out' | 'on' | 'unsigned';

export function receiptState(r: ShiftReceipt): ReceiptState {
  if (r.vehicles.some((v) => v.missing)) return 'missing';
  if (r.still > 0) return 'out';
  if (r.complete) return 'complete';
  return r.to === null ? 'on' : 'unsigned';
}

export const receiptWord = (w: Words, r: ShiftReceipt): string => {
  const missing = r.vehicles.filter((v) => v.missing).reduce((sum, v) => sum + v.still, 0);
  return {
    complete: w.receiptComplete, missing: w.receiptMissing(missing), out: w.receiptOut(r.still), on: w.receiptOn, unsigned: w.receiptUnsigned,
  }[receiptState(r)];
};

export const receiptColor = (r: ShiftReceipt): string =>
  ({ complete: 'var(--good)', missing: 'var(--late)', out: 'var(--soon)', on: 'var(--accent)', unsigned: 'var(--soon)' })[receiptState(r)];

/** "38 at city hall, 3 still on Unit 214, last heard 9:03 AM". */
export function receiptSentence(w: Words, locale: string, r: ShiftReceipt, nowMs: number, timeZone?: string): string {
  if (receiptState(r) === 'complete') return w.allAtCityHall(r.atCityHall);
  const parts = [r.to === null ? w.atCityHallSoFar(r.atCityHall) : w.atCityHall(r.atCityHall)];
  for (const v of r.vehicles.filter((each) => each.still > 0))
    parts.push(v.missing ? w.missingOf(v.still, v.name) : w.stillOn(v.still, v.name), heard(w, locale, v.lastHeard, nowMs, timeZone));
  // A crew at work on a unit that is heard has no reason to have signed off.
  for (const v of r.vehicles.filter((each) => each.signedFor === null && each.still === 0 && (r.to !== null || !each.online))) parts.push(w.notSignedOff(v.name));
  return parts.join(', ');
}

export function heard(w: Words, locale: string, at: string | null, nowMs: number, timeZone?: string): string {
  return at ? w.lastHeard(moment(locale, Date.parse(at), nowMs, timeZone)) : w.neverHeard;
}

/** "Nov 21, 7:00 AM – 3:10 PM". */
export function shiftTimes(locale: string, r: ShiftReceipt, nowMs: number, timeZone?: string): string {
  if (!r.from) return '–';
  const from = Date.parse(r.from);
  const to = r.to ? Date.parse(r.to) : null;
  return `${moment(locale, from, nowMs, timeZone)} – ${to ? (to - from < 64_800_000 ? clockTime(locale, to, timeZone) : moment(locale, to, nowMs, timeZone)) : '…'}`;
}

/** Beyond this nobody plans. */
const MANY_DAYS = 999;

/** "19 days left: certificate 45, disk 19". */
export function budgetText(w: Words, locale: string, budget: OfflineBudget): string {
  const days = (n: number) => (n > MANY_DAYS ? `${MANY_DAYS.toLocaleString(locale)}+` : n.toLocaleString(locale));
  const limits = Object.entries(budget.limits).map(([name, n]) => `${({ certificate: w.limitCertificate, disk: w.limitDisk })[name] ?? name} ${days(n)}`);
  return w.daysLeft(budget.days, days(budget.days), limits.join(', '));
}

export interface RecordLine {
  tone: 'good' | 'plain' | 'soon' | 'late';
  text: string;
}

/** The records of a vehicle in words: what is here, what is on its way, what is missing, what was dropped on purpose. */
export function recordLines(w: Words, g: Gaps): RecordLine[] {
  const lines: RecordLine[] = [];
  const coming = !g.online || (g.unsent ?? 0) > 0;
  const atHub = g.epochs.reduce((sum, e) => sum + e.chain.atHub, 0);
  const broken = g.epochs.flatMap((e) => e.chain.broken);
  if (g.missingLinks > 0) lines.push({ tone: coming ? 'soon' : 'late', text: coming ? w.linksComing(g.missingLinks) : w.linksMissing(g.missingLinks) });
  else if (atHub > 0 && broken.length === 0) lines.push({ tone: 'good', text: w.linksWhole(atHub) });
  for (const b of broken) lines.push({ tone: 'late', text: w.linkBroken(b.n, b.detail) });
  if (g.missing > 0) lines.push({ tone: coming ? 'soon' : 'late', text: coming ? w.recordsComing(g.missing) : w.recordsMissing(g.missing) });
  else if (g.epochs.length > 0) lines.push({ tone: 'good', text: w.recordsWhole });
  for (const [what, n] of droppedBy(w, g)) lines.push({ tone: 'plain', text: w.dropped(n, what) });
  if (lines.length === 0) lines.push({ tone: 'plain', text: w.recordsNone });
  return lines;
}

/** How many of what and why, the same taken together. */
function droppedBy(w: Words, g: Gaps): Map<string, number> {
  const sums = new Map<string, number>();
  for (const d of g.epochs.flatMap((e) => e.dropped)) {
    const what = `${kindWord(w, d.kind)}: ${reasonWord(w, d.reason)}`;
    sums.set(what, (sums.get(what) ?? 0) + d.ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0));
  }
  return sums;
}

const kindWord = (w: Words, kind: string): string =>
  ({ track: w.kindTrack, lamp: w.kindLamp, shock: w.kindShock, roughness: w.kindRoughness, health: w.kindHealth })[kind] ?? kind;

/** Vehicles give their reasons in English. */
function reasonWord(w: Words, reason: string): string {
  const thinned = /^thinned to (\S+) m\b/.exec(reason);
  if (thinned?.[1]) return w.reasonThinned(thinned[1]);
  return reason === "the outbox's byte budget was full" ? w.reasonFull : reason;
}

/** What of a vehicle's share is here, 0 to 1; null while nobody knows how much there is. */
export function shareHere(v: ShiftOnUnit): number | null {
  const all = v.signedFor ?? (v.still > 0 ? v.atCityHall + v.still : null);
  return all === null ? null : all === 0 ? 1 : Math.min(1, v.atCityHall / all);
}
