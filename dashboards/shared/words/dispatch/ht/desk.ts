import type { desk as English } from '../en/desk';

export const desk: typeof English = {
  newHere: 'Nouvo demann isit la', placeNear: 'sa ki pi pre a', placesFound: (n) => `${n} kote`, placeNone: 'Kat vil la pa gen kote sa a.',
  kindAddress: 'Adrès', kindCrossing: 'Kafou', kindStreet: 'Lari', kindPole: 'Limyè lari', kindPoint: 'Degre', tickNone: 'okenn',
  linkUp: 'Konekte depi', linkDown: 'Pa konekte depi', linkSeen: 'Dènye fwa yo tande l', linkLive: 'Pozisyon an dirèk', linkLiveLag: (lag, ago) => `${ago}, ${lag} nan wout`,
  linkRecords: 'Dosye ki poko voye', linkFiles: 'Foto ak vwa ki poko voye', linkLag: 'Reta dosye yo', linkLagHint: 'Konbyen tan dènye dosye eta li te pran pou rive.', linkDays: 'Li ka kontinye san sant lan', linkNoSignal: 'Machin yo pa di fòs siyal radyo yo.',
  megabytes: (mb) => `${mb} MB`, daysCount: (n) => `${n} jou`,
  sensors: 'Detektè', sensorGps: 'GPS', sensorMotion: 'Akseleromèt', sensorLight: 'Limyè', sensorWorks: 'ap mache', sensorStale: 'silans', sensorMissing: 'manke', sensorUnknown: 'yo pa konnen',
  hdop: (v) => `HDOP ${v}`, fixGood: 'bon pozisyon', fixFair: 'pozisyon mwayen', fixPoor: 'move pozisyon', nowLux: (v) => `kounye a ${v} lux`, nowShock: (v) => `kounye a ${v} m/s²`,
  computer: 'Òdinatè', diskFree: (gb) => `${gb} GB lib`, ignitionOn: 'kontak limen', ignitionOff: 'kontak etenn', healthAsOf: (ago) => `Done ${ago}`, healthNone: 'Li poko di eta li.',
  evLux: 'Limyè', liveTrace: 'Depi ou te ouvri kat sa a', timesAsk: 'Montre kilè', timesHint: 'Lè li te mezire se lè ekip li t ap kondui: yo ekri rezon an anvan.', timesShow: 'Montre lè yo',
  coverWhen: 'Dènye mezi', coverPasses: (n) => `${n} pasaj`, coverHover: 'Montre yon lari pou wè kilè yo te mezire l.', houseNumbers: (range) => `Nº ${range}`,
};
