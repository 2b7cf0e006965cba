import type { shift as English } from '../en/shift';

export const shift: typeof English = {
  mine: 'Ekip mwen', onlyMine: 'Sèlman ekip mwen yo', noneMine: 'Ou poko gen ekip.', noneMineHint: 'Montre tout, epi make sa w okipe yo.', unfinished: 'Pa fini', todo: 'Pou fè',
  lastHoursLabel: 'Tan yo konte a', lastHours: (h) => `Dènye ${h} è`, shiftOpened: 'Ouvè', shiftClosed: 'Fèmen', shiftOverdue: 'Dat limit pase', shiftDone: 'Lòd fini', shiftInTime: 'Alè',
  routeSheet: 'Fèy wout', shiftByRadio: 'Sèvis pa radyo', radioUnit: 'Si yo nan youn ki pa gen aparèy',
  desk: 'Pòs', noDesk: 'Poko gen pòs.', noDeskHint: 'Yon pòs fèt lè yon moun pran l: ba li yon non, tankou "Dispatch".', deskHint: 'Tankou: Dispatch', deskNotes: 'Sa moun k ap vini an dwe konnen', deskNote: 'Nòt pou moun k ap vini an',
  deskSave: 'Note l', takeOver: 'Pran pòs la', heldBy: (who, since) => `${who} depi ${since}`, heldByNobody: 'Pèsòn', tookOver: (who, from) => (from ? `${who} pran plas ${from}` : `${who} pran pòs la`),
  deskCounts: (open, late, unassigned, calls) => `${open} ouvè, ${late} an reta, ${unassigned} san ekip, ${calls} apèl pou èd`, olderEntries: 'Antre anvan yo',
  day: 'Jou', allCrewed: 'Tout machin ki gen ekip', replayWhy: 'Poukisa w ap gade?', replayWhyHint: 'Se kote moun te ye: yo ekri rezon an anvan repons lan vini.', replayShow: 'Montre jou a', replayReading: (percent) => `Ap li ${percent}%`,
  replayNothing: 'Pa gen tras pou jou sa a. Lè pa gen sèvis okenn pozisyon pa soti nan machin, epi yo efase ansyen tras yo.', replayEmpty: 'Chwazi yon jou.', replayEmptyHint: 'W ap wè kote machin yo te pase ak kanpe, ak ki demann ki te ouvè.',
  replayEnd: 'Tounen kounye a', replayPlay: 'Jwe', replayPause: 'Poz', replayBack: 'Yon minit dèyè', replayForth: 'Yon minit devan', replayOf: (day) => `Revizyon ${day}`, replayTime: 'Lè nan jounen an', replayPace: 'Vitès',
  dayTotals: (trips, stops, far) => `${trips} vwayaj, ${stops} kanpe, ${far}`, dayTruncated: 'Jou a pi long pase sa yo li yon sèl kou.', dayNone: 'Li pa t deplase.',
  trip: (far, top) => `Vwayaj, ${far}, maksimòm ${top}`, stop: (long) => `Kanpe, ${long}`, unseenFor: (t) => `yo pa t wè l pandan ${t}`,
  span: 'Tan', lastDays: (n) => (n === 1 ? 'Dènye 24 è' : `Dènye ${n} jou`), asTable: 'Kòm tablo', hours: 'Èdtan', length: 'Longè', street: 'Lari', per: (unit) => `Pa ${unit}`, spotBy: 'Pa', spotPlace: 'Kote',
  flowHint: 'Yon demann konte kòm fèmen nan dènye chanjman l.', flowOpened: (n) => `${n} ouvè`, flowClosed: (n) => `${n} fèmen`, flowPartial: 'Gen plis demann pase sa yo li yon sèl kou: chif ki pi ansyen yo twò ba.',
  spotsHint: 'Yon rapò ki repete yon lòt konte avè l, pa kòm yon pwoblèm apa.', spotsNone: 'Pa gen demann nan tan sa a.', costsHint: 'Dapre tablo pri vil la: tan ki mezire, sa ekip yo antre, epi pou rès la sa ki abitye.', costsNone: 'Pa gen travay ki fèt nan tan sa a.',
  navCoverage: 'Kouvèti', coverHint: 'Kote pèsòn pa pase, yo pa jwenn anyen: yon distri ki gen ti kras demann ak ti kras kouvèti pa vle di li bon.', coverOf: 'Lari mezire', coverThin: 'twò piti pou jije',
  coverRoad: 'Lari mezire', coverLamp: 'Limyè lari mezire', coverRoadMap: 'Lari sou kat la', coverLampMap: 'Limyè sou kat la', coverSmooth: 'plat', coverRough: 'pa plat', coverSensed: 'mezire', coverNever: 'pa mezire',
  unitDay: 'Yon jou l', link: 'Koneksyon', linkAgent: 'Pwogram', linkOldest: 'Pi ansyen ki poko voye', linkActions: 'Aksyon ki poko voye',
  crewFacts: 'Sa li konn fè', crewSkills: 'Metye', crewSkillsHint: 'Sèvis oswa metye, separe ak vigil; vid: tout', crewEquipment: 'Ekipman', crewEquipmentHint: 'Separe ak vigil', crewDistricts: 'Distri', crewDistrictsHint: 'Okenn: tout vil la',
};
