// Words of a supervisor's views: the shift, its desk, the day on paper, the past on the map, and the reports.
const plural = (n: number, one: string, many: string) => `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;

export const shift = {
  mine: 'My crew', onlyMine: 'Only my crews', noneMine: 'No crew is yours yet.', noneMineHint: 'Show all, and mark those that you look after.', unfinished: 'Unfinished', todo: 'To do',
  lastHoursLabel: 'Time that is summed up', lastHours: (h: number) => `Last ${h} h`, shiftOpened: 'Opened', shiftClosed: 'Closed', shiftOverdue: 'Past target date', shiftDone: 'Orders done', shiftInTime: 'In time',
  routeSheet: 'Route sheet', shiftByRadio: 'Shift by radio', radioUnit: 'If they sit in one without a device',
  desk: 'Desk', noDesk: 'No desk yet.', noDeskHint: 'A desk is made when somebody takes it over: give it a name, such as "Dispatch".', deskHint: 'Such as: Dispatch', deskNotes: 'What the next one must know', deskNote: 'Note for the next one',
  deskSave: 'Note it', takeOver: 'Take over', heldBy: (who: string, since: string) => `${who} since ${since}`, heldByNobody: 'Nobody', tookOver: (who: string, from: string) => (from ? `${who} took over from ${from}` : `${who} took over`),
  deskCounts: (open: number, late: number, unassigned: number, calls: number) => `${open} open, ${late} past target date, ${unassigned} unassigned, ${plural(calls, 'call for help', 'calls for help')}`, olderEntries: 'Older entries',
  day: 'Day', allCrewed: 'All units with crews', replayWhy: 'Why do you look?', replayWhyHint: 'It is where people were: the reason is written down before the answer comes.', replayShow: 'Show the day', replayReading: (percent: number) => `Reading ${percent}%`,
  replayNothing: 'No track of that day. Off shift no position leaves a vehicle, and old tracks are deleted.', replayEmpty: 'Choose a day.', replayEmptyHint: 'You see where units drove and stopped, and which requests were open then.',
  replayEnd: 'Back to now', replayPlay: 'Play', replayPause: 'Pause', replayBack: 'A minute back', replayForth: 'A minute on', replayOf: (day: string) => `Replay of ${day}`, replayTime: 'Time of day', replayPace: 'Pace',
  dayTotals: (trips: number, stops: number, far: string) => `${plural(trips, 'trip', 'trips')}, ${plural(stops, 'stop', 'stops')}, ${far}`, dayTruncated: 'The day is longer than what is read in one go.', dayNone: 'It did not move.',
  trip: (far: string, top: string) => `Trip, ${far}, at most ${top}`, stop: (long: string) => `Stop, ${long}`, unseenFor: (t: string) => `not seen for ${t} of it`,
  span: 'Time', lastDays: (n: number) => (n === 1 ? 'Last 24 h' : `Last ${n} days`), asTable: 'As a table', hours: 'Hours', length: 'Length', street: 'Street', per: (unit: string) => `Per ${unit}`, spotBy: 'By', spotPlace: 'Place',
  flowHint: 'A request counts as closed when it ended.', flowOpened: (n: string) => `${n} opened`, flowClosed: (n: string) => `${n} closed`, flowPartial: 'There are more requests than are read in one go: the oldest steps are too low.',
  spotsHint: 'A report that repeats another counts with it, not as a defect of its own.', spotsNone: 'No request in that time.', costsHint: 'By the city\'s table of rates: time that was measured, what crews entered, and for the rest the usual.', costsNone: 'No work was done in that time.',
  navCoverage: 'Coverage', coverHint: 'Where nobody drove, nothing was found: a district with few requests and thin coverage is not a good one.', coverOf: 'Streets sensed', coverThin: 'too thin to judge',
  coverRoad: 'Roads sensed', coverLamp: 'Street lights sensed', coverRoadMap: 'Roads on map', coverLampMap: 'Lights on map', coverSmooth: 'smooth', coverRough: 'rough', coverSensed: 'sensed', coverNever: 'not sensed',
  unitDay: 'A day of it', link: 'Link', linkAgent: 'Program', linkOldest: 'Oldest unsent', linkActions: 'Unsent crew actions',
  crewFacts: 'What it can do', crewSkills: 'Skills', crewSkillsHint: 'Services or trades, parted by commas; empty: all', crewEquipment: 'Equipment', crewEquipmentHint: 'Parted by commas', crewDistricts: 'Districts', crewDistrictsHint: 'None chosen: the whole city',
  navHazards: 'Hazards', hazardReport: 'Report a hazard', hazardKind: 'Kind', hazardEnd: 'It is over', hazardEnds: (what: string) => `${what} is over`, hazardUntil: (t: string) => `counts until ${t}`, hazardSeen: (t: string) => `last seen ${t}`, hazardReports: (n: number) => plural(n, 'report', 'reports'),
  hazardOffice: (who: string) => `${who}, office`, noHazards: 'No hazard.', noHazardsHint: 'What crews or the office report is shown to every crew near, without names, until it ends or runs out.', hazardPast: 'Past ones too', hazardEndedBy: (who: string, t: string) => `ended by ${who}, ${t}`, hazardTakenBack: 'taken back by the crew', hazardOver: 'over',
  hazardNames: { 'wire-down': 'Wire down', gas: 'Gas smell', sinkhole: 'Sinkhole', flooding: 'Flooding', ice: 'Ice', 'tree-down': 'Tree down', debris: 'Debris', dog: 'Dangerous dog', sharps: 'Needles', 'work-zone': 'Work zone', 'steel-plates': 'Steel plates' } as Record<string, string>,
};
