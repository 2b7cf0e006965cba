import type { desk as English } from '../en/desk';

export const desk: typeof English = {
  newHere: 'Nueva solicitud aquí', placeNear: 'lo más cercano que hay', placesFound: (n) => (n === 1 ? '1 lugar' : `${n} lugares`), placeNone: 'El mapa de la ciudad no tiene ese lugar.',
  kindAddress: 'Dirección', kindCrossing: 'Cruce', kindStreet: 'Calle', kindPole: 'Farola', kindPoint: 'Grados', tickNone: 'ninguno',
  linkUp: 'Conectada desde', linkDown: 'Sin conexión desde', linkSeen: 'Oída por última vez', linkLive: 'Posición en vivo', linkLiveLag: (lag, ago) => `${ago}, ${lag} en camino`,
  linkRecords: 'Registros sin enviar', linkFiles: 'Fotos y voz sin enviar', linkLag: 'Demora de los registros', linkLagHint: 'Lo que tardó en llegar su último registro de estado.', linkDays: 'Puede seguir sin el centro', linkNoSignal: 'Los vehículos no informan la intensidad de su señal de radio.',
  megabytes: (mb) => `${mb} MB`, daysCount: (n) => (n === 1 ? '1 día' : `${n} días`),
  sensors: 'Sensores', sensorGps: 'GPS', sensorMotion: 'Acelerómetro', sensorLight: 'Luz', sensorWorks: 'funciona', sensorStale: 'en silencio', sensorMissing: 'falta', sensorUnknown: 'no se sabe',
  hdop: (v) => `HDOP ${v}`, fixGood: 'buena posición', fixFair: 'posición regular', fixPoor: 'mala posición', nowLux: (v) => `ahora ${v} lux`, nowShock: (v) => `ahora ${v} m/s²`,
  computer: 'Computadora', diskFree: (gb) => `${gb} GB libres`, ignitionOn: 'encendido puesto', ignitionOff: 'encendido quitado', healthAsOf: (ago) => `Según datos de ${ago}`, healthNone: 'Aún no ha informado su estado.',
  evLux: 'Iluminancia', liveTrace: 'Desde que abrió esta ficha', timesAsk: 'Mostrar cuándo', timesHint: 'Cuándo midió es cuándo condujo su cuadrilla: primero se anota el motivo.', timesShow: 'Mostrar las horas',
  coverWhen: 'Medida por última vez', coverPasses: (n) => (n === 1 ? '1 pasada' : `${n} pasadas`), coverHover: 'Señale una calle para ver cuándo se midió.', houseNumbers: (range) => `N.º ${range}`,
};
