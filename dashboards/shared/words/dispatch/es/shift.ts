import type { shift as English } from '../en/shift';

const plural = (n: number, one: string, many: string) => `${n.toLocaleString('es-US')} ${n === 1 ? one : many}`;

export const shift: typeof English = {
  mine: 'Mi cuadrilla', onlyMine: 'Solo mis cuadrillas', noneMine: 'Aún no tiene cuadrillas.', noneMineHint: 'Muestre todas y marque las suyas.', unfinished: 'Sin terminar', todo: 'Por hacer',
  lastHoursLabel: 'Tiempo que se suma', lastHours: (h) => `Últimas ${h} h`, shiftOpened: 'Abiertas', shiftClosed: 'Cerradas', shiftOverdue: 'Fecha meta vencida', shiftDone: 'Órdenes hechas', shiftInTime: 'A tiempo',
  routeSheet: 'Hoja de ruta', shiftByRadio: 'Turno por radio', radioUnit: 'Si van en una sin aparato',
  desk: 'Puesto', noDesk: 'Aún no hay puestos.', noDeskHint: 'Un puesto se crea cuando alguien lo toma: póngale un nombre, como "Despacho".', deskHint: 'Por ejemplo: Despacho', deskNotes: 'Lo que debe saber quien sigue', deskNote: 'Nota para quien sigue',
  deskSave: 'Anotar', takeOver: 'Tomar el puesto', heldBy: (who, since) => `${who} desde ${since}`, heldByNobody: 'Nadie', tookOver: (who, from) => (from ? `${who} relevó a ${from}` : `${who} tomó el puesto`),
  deskCounts: (open, late, unassigned, calls) => `${open} abiertas, ${late} vencidas, ${unassigned} sin asignar, ${plural(calls, 'llamada de ayuda', 'llamadas de ayuda')}`, olderEntries: 'Entradas anteriores',
  day: 'Día', allCrewed: 'Todas las unidades con cuadrilla', replayWhy: '¿Por qué lo mira?', replayWhyHint: 'Es dónde estuvo la gente: el motivo se anota antes de la respuesta.', replayShow: 'Mostrar el día', replayReading: (percent) => `Leyendo ${percent}%`,
  replayNothing: 'No hay recorrido de ese día. Fuera de turno ninguna posición sale del vehículo, y los recorridos viejos se borran.', replayEmpty: 'Elija un día.', replayEmptyHint: 'Verá por dónde fueron y pararon las unidades, y qué solicitudes estaban abiertas.',
  replayEnd: 'Volver al presente', replayPlay: 'Reproducir', replayPause: 'Pausa', replayBack: 'Un minuto atrás', replayForth: 'Un minuto adelante', replayOf: (day) => `Repetición del ${day}`, replayTime: 'Hora del día', replayPace: 'Ritmo',
  dayTotals: (trips, stops, far) => `${plural(trips, 'viaje', 'viajes')}, ${plural(stops, 'parada', 'paradas')}, ${far}`, dayTruncated: 'El día es más largo de lo que se lee de una vez.', dayNone: 'No se movió.',
  trip: (far, top) => `Viaje, ${far}, máximo ${top}`, stop: (long) => `Parada, ${long}`, unseenFor: (t) => `sin señal ${t}`,
  span: 'Tiempo', lastDays: (n) => (n === 1 ? 'Últimas 24 h' : `Últimos ${n} días`), asTable: 'Como tabla', hours: 'Horas', length: 'Largo', street: 'Calle', per: (unit) => `Por ${unit}`, spotBy: 'Por', spotPlace: 'Lugar',
  flowHint: 'Una solicitud cuenta como cerrada cuando terminó.', flowOpened: (n) => `${n} abiertas`, flowClosed: (n) => `${n} cerradas`, flowPartial: 'Hay más solicitudes de las que se leen de una vez: los pasos más viejos quedan cortos.',
  spotsHint: 'Un reporte que repite otro cuenta con él, no como defecto propio.', spotsNone: 'Ninguna solicitud en ese tiempo.', costsHint: 'Según la tabla de tarifas: tiempo medido, lo anotado por cuadrillas y, para el resto, lo habitual.', costsNone: 'No se hizo trabajo en ese tiempo.',
  navCoverage: 'Cobertura', coverHint: 'Donde nadie pasó, nada se encontró: un distrito con pocas solicitudes y poca cobertura no es uno bueno.', coverOf: 'Calles medidas', coverThin: 'muy poca para juzgar',
  coverRoad: 'Calles medidas', coverLamp: 'Luminarias medidas', coverRoadMap: 'Calles en el mapa', coverLampMap: 'Luces en el mapa', coverSmooth: 'lisa', coverRough: 'áspera', coverSensed: 'medida', coverNever: 'sin medir',
  unitDay: 'Un día suyo', link: 'Enlace', linkAgent: 'Programa', linkOldest: 'Pendiente más antiguo', linkActions: 'Acciones sin enviar',
  crewFacts: 'Qué sabe hacer', crewSkills: 'Oficios', crewSkillsHint: 'Servicios u oficios, separados por comas; vacío: todos', crewEquipment: 'Equipo', crewEquipmentHint: 'Separado por comas', crewDistricts: 'Distritos', crewDistrictsHint: 'Ninguno: toda la ciudad',
  navHazards: 'Peligros', hazardReport: 'Avisar de un peligro', hazardKind: 'Tipo', hazardEnd: 'Ya pasó', hazardEnds: (what) => `${what}: ya pasó`, hazardUntil: (t) => `vale hasta ${t}`, hazardSeen: (t) => `visto por última vez ${t}`, hazardReports: (n) => `${n} ${n === 1 ? 'aviso' : 'avisos'}`,
  hazardOffice: (who) => `${who}, oficina`, noHazards: 'Ningún peligro.', noHazardsHint: 'Lo que avisan las cuadrillas o la oficina se muestra a toda cuadrilla cercana, sin nombres, hasta que termina o caduca.', hazardPast: 'También los pasados', hazardEndedBy: (who, t) => `terminado por ${who}, ${t}`, hazardTakenBack: 'retirado por la cuadrilla', hazardOver: 'terminado',
  hazardNames: { 'wire-down': 'Cable caído', gas: 'Olor a gas', sinkhole: 'Hundimiento', flooding: 'Inundación', ice: 'Hielo', 'tree-down': 'Árbol caído', debris: 'Escombros', dog: 'Perro peligroso', sharps: 'Jeringas', 'work-zone': 'Zona de obras', 'steel-plates': 'Planchas de acero' },
};
