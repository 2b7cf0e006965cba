// What the agent's console says and takes: edge/Agent/Console.

export interface ConsoleState {
  vehicle: string;
  kind: 'crewed' | 'sensor-only';
  shift: { state: 'off' | 'on' | 'break' | 'callOut'; id?: string; crew?: string; crewName?: string; members: string[]; since?: string };
  activity: string;
  orders: Order[];
  /** Ids of the open orders within reach, nearest first. */
  nearby: string[];
  active?: string;
  notices: Notice[];
  recent: Done[];
  connected: boolean;
  /** Since when it is not. */
  cutSince?: string;
  unsent: number;
  unsentActions: number;
  unsentFiles: number;
  unsentFileBytes: number;
  offline?: { days: number; limits: Record<string, number> };
  fixAgeSeconds?: number;
  speedMps?: number;
  at?: { lat: number; lon: number };
  courseDeg?: number;
  dark?: boolean;
  voiceNotes: boolean;
  speaks: boolean;
  locked: boolean;
  /** Near, nearest first. */
  hazards?: Hazard[];
  identify?: boolean;
  ended?: { crew: string; from: string; to?: string; actions: number };
  crews?: Crew[];
  services?: Service[];
  rates?: Rate[];
}

export interface Order {
  id: string;
  number: string;
  request?: string;
  service: string;
  title: string;
  address?: string;
  lat: number;
  lon: number;
  pole?: string;
  priority: number;
  targetDate?: string;
  note?: string;
  state: OrderState;
  distanceM?: number;
  bearingDeg?: number;
  kind: string;
  emergency: boolean;
  mustAcknowledge: boolean;
  stops?: { id: string; title?: string }[];
  area?: unknown[];
}

export type OrderState =
  | 'assigned' | 'accepted' | 'arrived' | 'started' | 'suspended' | 'could-not-complete' | 'made-safe' | 'waiting' | 'temporary-repair'
  | 'handed-over' | 'field-complete';

/** A danger that some crew or the office reported. */
export interface Hazard { id: string; kind: string; lat: number; lon: number; since: string; distanceM?: number; bearingDeg?: number; own: boolean }

export interface Notice { order: string; number: string; what: string; crew?: string; at: string }

/** Something that was done on this vehicle. */
export interface Done {
  id: string;
  kind: string;
  order?: string;
  label?: string;
  service?: string;
  taken: string;
  automatic: boolean;
  undone: boolean;
  atHub: boolean;
  /** A person of this shift did it: it can be taken back. */
  mine: boolean;
}

/** A crew that may sign on here. */
export interface Crew { id: string; name: string; pin: boolean }
export interface Service { code: string; title: string }
export interface Rate { code: string; title: string; unit: string; services?: string[] }

/** One press. */
export interface Press {
  id: string;
  kind: string;
  order?: string;
  service?: string;
  hazard?: string;
  note?: string;
  reason?: string;
  undoes?: string;
  until?: string;
  to?: string;
  point?: { type?: string; stop?: string };
  used?: { code: string; quantity: number }[];
  attachments?: string[];
}

const finished: OrderState[] = ['field-complete', 'could-not-complete', 'temporary-repair', 'handed-over'];

export const isOpen = (order: Order): boolean => !finished.includes(order.state);
export const isUnderWay = (order: Order): boolean => order.state === 'arrived' || order.state === 'started';
