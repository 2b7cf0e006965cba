// What the hub says of a work order beside its summary, of events, costs and target dates.
import type { Attachment, OrderSummary } from './shapes';

export interface OrderEvent {
  at: string;
  kind: string;
  who: string | null;
  /** Pseudonym of who pressed; said by radio: who said it. */
  member: string | null;
  vehicle: string | null;
  reason: string | null;
  note: string | null;
  automatic?: boolean;
  distanceM?: number | null;
  far?: boolean;
  resolution: string | null;
  to?: string | null;
  source?: string | null;
}

/** One place where something was repaired. */
export interface RepairPoint {
  at: string;
  lat: number | null;
  lon: number | null;
  type: string | null;
  quantity: number;
  unit: string | null;
  stop: string | null;
  crew: string | null;
  note: string | null;
}

export interface CityEvent {
  id: string;
  kind: string;
  name: string;
  suspends: string[];
  services: string[];
  reimbursement: string | null;
  from: string;
  to: string | null;
  begunBy: string;
  endedBy: string | null;
}

export interface OrderDetail {
  order: OrderSummary;
  attachments: Attachment[] | null;
  reason?: string | null;
  note?: string | null;
  doneAt?: string | null;
  history?: OrderEvent[];
  points?: RepairPoint[];
  linkedVisits?: OrderEvent[];
  stops?: { id: string; title: string | null }[] | null;
  followedBy?: string | null;
  cityEvents?: CityEvent[];
}

export interface CostLine {
  crew: string | null;
  code: string;
  kind: string;
  quantity: number;
  unit: string;
  cents: number;
  source: string;
}

export interface OrderCost {
  currency: string;
  cents: number;
  lines: CostLine[];
}

export interface CostSum {
  subject: string;
  orders: number;
  cents: number;
  labourHours: number;
}

/** A target date that is near or past: somebody should look. */
export interface TargetAlert {
  id: string;
  request: string;
  title: string | null;
  address: string | null;
  department: string | null;
  priority: number;
  kind: 'warning' | 'breach' | 'escalation' | string;
  percent: number;
  notify: string;
  at: string;
  targetAt: string | null;
}
