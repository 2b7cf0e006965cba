// What the hub says on /api/live and in its answers. Field names are the hub's.

export type Shift = 'on' | 'off' | 'break' | 'callOut' | 'unknown';
export type Service = 'street-light-out' | 'pothole';

export interface Unit {
  n: number;
  id: string;
  name: string;
  kind: 'crewed' | 'sensor-only' | string;
  online: boolean;
  shift: Shift;
  crew: string | null;
  order: string | null;
  unsent: number;
  lastSeenMs: number | null;
}

export interface RequestSummary {
  number: string;
  service: Service | string;
  title: string;
  status: 'open' | 'closed' | 'withdrawn';
  stage: string;
  address: string | null;
  lat: number;
  lon: number;
  priority: number;
  source: 'sensor' | 'crew' | 'person' | string;
  openedAt: string;
  targetAt: string | null;
  updatedAt: string;
  /** When it was closed or withdrawn. */
  closedAt?: string | null;
  sampledAt: string | null;
  site: string | null;
  pole: string | null;
  order: string | null;
  crew: string | null;
  evidenceFor: number;
  evidenceAgainst: number;
  department?: string | null;
  district?: string | null;
  /** Number of the request that it repeats. */
  parent?: string | null;
  /** How many reports repeat it. */
  reports?: number;
  resolution?: string | null;
  waitReason?: string | null;
  responsible?: 'crew' | 'contractor' | 'referral' | 'private' | 'triage' | null;
}

/** Who can answer for a request. */
export interface Party {
  id: string;
  name: string;
  kind: string;
}

/** What an agency was asked to do, or a private owner told. */
export interface Referral {
  id: string;
  kind: 'referral' | 'notice';
  party: string | null;
  sentAt: string | null;
  reference: string | null;
  chaseAt: string;
  answer: string | null;
  answeredAt: string | null;
}

/** Who answers for a request, and why. */
export interface Whose {
  outcome: 'own-crew' | 'contractor' | 'referral' | 'private' | 'triage';
  party: string | null;
  partyName: string | null;
  because: string;
  decidedBy: string;
  byRule: boolean;
  referrals: Referral[];
}

/** Something on its way to the city's own 311 system. */
export interface CityPush {
  id: string;
  request: string;
  state: string;
  cause: string | null;
  updatedAt: string;
  marker: string;
  choices: string[];
}

export interface OrderSummary {
  id: string;
  number: string;
  request: string | null;
  service: string;
  title: string;
  address: string | null;
  lat: number;
  lon: number;
  state: string;
  /** How far it got to the crew; null while no vehicle should hold it. */
  delivery: 'sent' | 'on-vehicle' | 'seen' | null;
  crew: string | null;
  crewName: string | null;
  vehicle: string | null;
  priority: number;
  targetAt: string | null;
  updatedAt: string;
  /** An action was taken far from the job. */
  far?: boolean;
  /** Visits that its state did not need. */
  visits?: number;
  kind?: string;
  /** The contractor whose work it is. */
  party?: string | null;
  /** Opened by a crew on the spot. */
  byCrew?: boolean;
  points?: number;
  reason?: string | null;
  resolution?: string | null;
  until?: string | null;
  emergency?: boolean;
  /** Nobody of the crew has said that the emergency was read. */
  mustAcknowledge?: boolean;
  /** Order whose permanent repair it is. */
  follows?: string | null;
}

/** A photo, voice note or signature. */
export interface Attachment {
  sha256: string;
  type: string;
  bytes: number;
  state: 'on-its-way' | 'received' | 'refused';
  /** Bytes that are at the hub. */
  received: number;
  vehicle: string;
  action: string;
  reason: string | null;
}

export * from './work-shapes';

export interface CrewSummary {
  id: string;
  name: string;
  shift: Shift;
  vehicle: string | null;
}

export interface Counts {
  requestsOpen: number;
  requestsOverdue: number;
  unitsOnline: number;
  unitsTotal: number;
  crewsOnSite: number;
  lightsOut: number;
  potholes: number;
  aside: number;
}

/** How long a vehicle can go on without the hub, in days, and until which limit. */
export interface OfflineBudget {
  days: number;
  limits: Record<string, number>;
}

/** What a vehicle said, when it was last heard, that it still holds. */
export interface UnsentUnit {
  id: string;
  name: string;
  online: boolean;
  lastHeard: string | null;
  unsentActions: number;
  unsent: number;
  oldest: string | null;
  unsentFileBytes: number;
  shift: string | null;
  crew: string | null;
  offline: OfflineBudget | null;
}

export interface UnsentAnswer {
  items: UnsentUnit[];
  /** Not heard, with a shift open. */
  silent: UnsentUnit[];
  /** Nothing but photos, voice notes and signatures. */
  files: UnsentUnit[];
}

export interface ShiftOnUnit {
  vehicle: string;
  name: string;
  atCityHall: number;
  /** Null while it has not signed off, or its sign-off has not arrived. */
  signedFor: number | null;
  still: number;
  /** Not here though the vehicle holds nothing more. */
  missing: boolean;
  online: boolean;
  lastHeard: string | null;
}

export interface ShiftReceipt {
  shift: string;
  crew: string | null;
  crewName: string | null;
  from: string | null;
  to: string | null;
  atCityHall: number;
  still: number;
  complete: boolean;
  vehicles: ShiftOnUnit[];
}

/** Ranges are inclusive, of two. */
type Range = [number, number];

export interface Gaps {
  vehicle: string;
  online: boolean;
  unsent: number | null;
  lastHeard: string | null;
  missing: number;
  dropped: number;
  missingLinks: number;
  brokenLinks: number;
  epochs: {
    epoch: string;
    highest: number;
    missing: Range[];
    dropped: { ranges: Range[]; kind: string; reason: string }[];
    chain: { atHub: number; count: number | null; broken: { n: number; seq: number; detail: string }[] };
  }[];
}

/** Eight whole numbers a vehicle: n, latE6, lonE6, courseDeg (-1 none), speedCmS, activity, ageMs, flags (1 = replay). */
export const POSITION_INTS = 8;

/** A crew that calls for help, until somebody at the office has taken it on. */
export interface CrewAlert {
  id: string;
  kind: 'duress' | 'unacknowledged';
  at: string;
  crew: string | null;
  crewName: string | null;
  vehicle: string | null;
  order: string | null;
  lat: number | null;
  lon: number | null;
  note: string | null;
  takenBackAt: string | null;
  acknowledgedAt: string | null;
}

export interface Tick {
  at: number;
  p?: number[];
  units?: Unit[];
  requests?: RequestSummary[];
  orders?: OrderSummary[];
  crews?: CrewSummary[];
  alerts?: CrewAlert[];
  counts?: Counts;
}

export interface Snapshot extends Tick {
  boot: string;
}

/** What a vehicle is doing, as the wire numbers it. */
export const ACTIVITIES = ['unknown', 'available', 'enroute', 'onsite', 'break', 'sensing'] as const;
export type Activity = (typeof ACTIVITIES)[number];

export interface Observation {
  key: string;
  at?: { lat: number; lon: number } | string;
  fixTime?: string | null;
  deviceTime?: string | null;
  kind: 'lamp' | 'shock' | 'roughness' | string;
  verdict: string | null;
  supports?: boolean;
  /** False: the pass is kept, but decides nothing. */
  counted?: boolean;
  vehicle?: string | null;
  confidence?: number;
  curve?: number[] | null;
  trace?: number[] | null;
  traceStepMs?: number | null;
  peakLux?: number;
  floorLux?: number;
  expectedLux?: number | null;
  distanceM?: number;
  peakMps2?: number;
  roughnessMPerKm?: number | null;
  speedMps?: number;
}

export interface HistoryEntry {
  at: string;
  who: string;
  what: string;
  n?: number;
  kind?: 'change' | 'note' | 'media' | string;
  public?: boolean;
  /** What residents read. */
  wording?: string | null;
  file?: string | null;
  fileType?: string | null;
}

/** How a request that sensors proposed came about. */
export interface Automation {
  state: string;
  /** The rules' own name, such as sites-2-f3c46d5c. */
  rule: string;
  passesFor: number;
  passesAgainst: number;
  followUpOf: string | null;
  followUp: string | null;
  decidedBy: string | null;
}

/** What later passes say about the newest repair. */
export interface Verification {
  state: 'settling' | 'waiting' | 'verified' | 'doubtful' | 'unverified';
  passesClear: number;
  vehicles: number;
  passesFound: number;
}

export interface RequestDetail extends RequestSummary {
  automation?: Automation | null;
  verification?: Verification | null;
  description?: string | null;
  version?: number;
  isPublic?: boolean;
  /** Requests that repeat it. */
  children?: string[];
  /** Why it repeats another. */
  link?: { parent: string; byRule: boolean; who: string; reasons: string[]; at: string } | null;
  evidence: Observation[];
  history: HistoryEntry[];
  orders: OrderSummary[];
}

export interface MapInfo {
  title: string;
  /** Null: the city has no base map here. */
  tilesUrl: string | null;
  glyphsUrl: string;
  bounds: [number, number, number, number];
  center: [number, number];
  zoom: number;
  attribution: string;
  timeZone?: string;
  city?: string;
}

export interface Person {
  name: string;
  role: string;
  permissions?: string[];
}

export interface AsideEntry {
  id: string | number;
  receivedTime: string;
  topic?: string;
  vehicle?: string | null;
  reason: string;
  detail?: string | null;
}
