// Words of finding a place, and of a unit's link and sensors.
export const desk = {
  newHere: 'New request here', placeNear: 'nearest there is', placesFound: (n: number) => (n === 1 ? '1 place' : `${n} places`), placeNone: 'The city\'s map has no such place.',
  kindAddress: 'Address', kindCrossing: 'Crossing', kindStreet: 'Street', kindPole: 'Street light', kindPoint: 'Degrees', tickNone: 'none',
  linkUp: 'Connected since', linkDown: 'Not connected since', linkSeen: 'Last heard', linkLive: 'Live position', linkLiveLag: (lag: string, ago: string) => `${ago}, ${lag} on its way`,
  linkRecords: 'Unsent records', linkFiles: 'Unsent photos and voice', linkLag: 'Delay of stored records', linkLagHint: 'How long its newest health record took to arrive.', linkDays: 'Can go on without the hub', linkNoSignal: 'Vehicles do not report the strength of their radio signal.',
  megabytes: (mb: string) => `${mb} MB`, daysCount: (n: number) => (n === 1 ? '1 day' : `${n} days`),
  sensors: 'Sensors', sensorGps: 'GPS', sensorMotion: 'Accelerometer', sensorLight: 'Light', sensorWorks: 'works', sensorStale: 'silent', sensorMissing: 'missing', sensorUnknown: 'not known',
  hdop: (v: string) => `HDOP ${v}`, fixGood: 'good fix', fixFair: 'fair fix', fixPoor: 'poor fix', nowLux: (v: string) => `now ${v} lux`, nowShock: (v: string) => `now ${v} m/s²`,
  computer: 'Computer', diskFree: (gb: string) => `${gb} GB free`, ignitionOn: 'ignition on', ignitionOff: 'ignition off', healthAsOf: (ago: string) => `As of ${ago}`, healthNone: 'It has not reported its health yet.',
  evLux: 'Illuminance', liveTrace: 'Since you opened this card', timesAsk: 'Show when', timesHint: 'When it sensed is when its crew drove: the reason is written down first.', timesShow: 'Show the times',
  coverWhen: 'Last sensed', coverPasses: (n: number) => (n === 1 ? '1 pass' : `${n} passes`), coverHover: 'Point at a street to see when it was sensed.', houseNumbers: (range: string) => `Nos. ${range}`,
};
