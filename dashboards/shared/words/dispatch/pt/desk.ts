import type { desk as English } from '../en/desk';

export const desk: typeof English = {
  newHere: 'Nova solicitação aqui', placeNear: 'o mais próximo que há', placesFound: (n) => (n === 1 ? '1 lugar' : `${n} lugares`), placeNone: 'O mapa da cidade não tem esse lugar.',
  kindAddress: 'Endereço', kindCrossing: 'Cruzamento', kindStreet: 'Rua', kindPole: 'Poste de luz', kindPoint: 'Graus', tickNone: 'nenhum',
  linkUp: 'Conectada desde', linkDown: 'Sem conexão desde', linkSeen: 'Ouvida pela última vez', linkLive: 'Posição ao vivo', linkLiveLag: (lag, ago) => `${ago}, ${lag} a caminho`,
  linkRecords: 'Registros não enviados', linkFiles: 'Fotos e voz não enviadas', linkLag: 'Atraso dos registros', linkLagHint: 'Quanto o último registro de estado levou para chegar.', linkDays: 'Pode seguir sem a central', linkNoSignal: 'Os veículos não informam a força do sinal de rádio.',
  megabytes: (mb) => `${mb} MB`, daysCount: (n) => (n === 1 ? '1 dia' : `${n} dias`),
  sensors: 'Sensores', sensorGps: 'GPS', sensorMotion: 'Acelerômetro', sensorLight: 'Luz', sensorWorks: 'funciona', sensorStale: 'em silêncio', sensorMissing: 'ausente', sensorUnknown: 'não se sabe',
  hdop: (v) => `HDOP ${v}`, fixGood: 'boa posição', fixFair: 'posição regular', fixPoor: 'posição ruim', nowLux: (v) => `agora ${v} lux`, nowShock: (v) => `agora ${v} m/s²`,
  computer: 'Computador', diskFree: (gb) => `${gb} GB livres`, ignitionOn: 'ignição ligada', ignitionOff: 'ignição desligada', healthAsOf: (ago) => `Dados de ${ago}`, healthNone: 'Ainda não informou seu estado.',
  evLux: 'Iluminância', liveTrace: 'Desde que você abriu esta ficha', timesAsk: 'Mostrar quando', timesHint: 'Quando mediu é quando sua equipe dirigiu: o motivo é anotado primeiro.', timesShow: 'Mostrar os horários',
  coverWhen: 'Medida pela última vez', coverPasses: (n) => (n === 1 ? '1 passagem' : `${n} passagens`), coverHover: 'Aponte para uma rua para ver quando foi medida.', houseNumbers: (range) => `N.º ${range}`,
};
