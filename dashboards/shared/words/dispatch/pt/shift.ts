import type { shift as English } from '../en/shift';

const plural = (n: number, one: string, more: string) => `${n.toLocaleString('pt-BR')} ${n === 1 ? one : more}`;

export const shift: typeof English = {
  mine: 'Minha equipe', onlyMine: 'Só minhas equipes', noneMine: 'Nenhuma equipe é sua ainda.', noneMineHint: 'Mostre todas e marque as suas.', unfinished: 'Inacabadas', todo: 'A fazer',
  lastHoursLabel: 'Período somado', lastHours: (h) => `Últimas ${h} h`, shiftOpened: 'Abertas', shiftClosed: 'Fechadas', shiftOverdue: 'Prazo vencido', shiftDone: 'Ordens feitas', shiftInTime: 'No prazo',
  routeSheet: 'Folha de rota', shiftByRadio: 'Turno por rádio', radioUnit: 'Se estão numa sem aparelho',
  desk: 'Posto', noDesk: 'Nenhum posto ainda.', noDeskHint: 'Um posto nasce quando alguém o assume: dê um nome, como "Despacho".', deskHint: 'Por exemplo: Despacho', deskNotes: 'O que o próximo precisa saber', deskNote: 'Nota para o próximo',
  deskSave: 'Anotar', takeOver: 'Assumir', heldBy: (who, since) => `${who} desde ${since}`, heldByNobody: 'Ninguém', tookOver: (who, from) => (from ? `${who} assumiu de ${from}` : `${who} assumiu`),
  deskCounts: (open, late, unassigned, calls) => `${open} abertas, ${late} vencidas, ${unassigned} sem equipe, ${plural(calls, 'pedido de ajuda', 'pedidos de ajuda')}`, olderEntries: 'Entradas anteriores',
  day: 'Dia', allCrewed: 'Todas as unidades com equipe', replayWhy: 'Por que você olha?', replayWhyHint: 'É onde pessoas estiveram: o motivo é anotado antes da resposta.', replayShow: 'Mostrar o dia', replayReading: (percent) => `Lendo ${percent}%`,
  replayNothing: 'Nenhum trajeto desse dia. Fora de turno nenhuma posição sai do veículo, e trajetos velhos são apagados.', replayEmpty: 'Escolha um dia.', replayEmptyHint: 'Você vê por onde as unidades andaram e pararam, e quais solicitações estavam abertas.',
  replayEnd: 'Voltar ao agora', replayPlay: 'Reproduzir', replayPause: 'Pausar', replayBack: 'Um minuto atrás', replayForth: 'Um minuto à frente', replayOf: (day) => `Reprise de ${day}`, replayTime: 'Hora do dia', replayPace: 'Ritmo',
  dayTotals: (trips, stops, far) => `${plural(trips, 'viagem', 'viagens')}, ${plural(stops, 'parada', 'paradas')}, ${far}`, dayTruncated: 'O dia é mais longo do que se lê de uma vez.', dayNone: 'Não se moveu.',
  trip: (far, top) => `Viagem, ${far}, no máximo ${top}`, stop: (long) => `Parada, ${long}`, unseenFor: (t) => `sem sinal por ${t}`,
  span: 'Período', lastDays: (n) => (n === 1 ? 'Últimas 24 h' : `Últimos ${n} dias`), asTable: 'Como tabela', hours: 'Horas', length: 'Extensão', street: 'Rua', per: (unit) => `Por ${unit}`, spotBy: 'Por', spotPlace: 'Lugar',
  flowHint: 'Uma solicitação conta como fechada quando terminou.', flowOpened: (n) => `${n} abertas`, flowClosed: (n) => `${n} fechadas`, flowPartial: 'Há mais solicitações do que se lê de uma vez: os passos mais antigos estão baixos demais.',
  spotsHint: 'Um relato que repete outro conta com ele, não como defeito próprio.', spotsNone: 'Nenhuma solicitação nesse período.', costsHint: 'Pela tabela de tarifas: tempo medido, o que as equipes anotaram e, no resto, o habitual.', costsNone: 'Nenhum trabalho nesse período.',
  navCoverage: 'Cobertura', coverHint: 'Onde ninguém passou, nada foi achado: um distrito com poucas solicitações e pouca cobertura não é um bom distrito.', coverOf: 'Ruas medidas', coverThin: 'pouca para julgar',
  coverRoad: 'Ruas medidas', coverLamp: 'Luminárias medidas', coverRoadMap: 'Ruas no mapa', coverLampMap: 'Luzes no mapa', coverSmooth: 'lisa', coverRough: 'áspera', coverSensed: 'medida', coverNever: 'não medida',
  unitDay: 'Um dia dela', link: 'Conexão', linkAgent: 'Programa', linkOldest: 'Não enviado mais antigo', linkActions: 'Ações não enviadas',
  crewFacts: 'O que sabe fazer', crewSkills: 'Habilidades', crewSkillsHint: 'Serviços ou ofícios, separados por vírgulas; vazio: todos', crewEquipment: 'Equipamento', crewEquipmentHint: 'Separado por vírgulas', crewDistricts: 'Distritos', crewDistrictsHint: 'Nenhum: a cidade toda',
  navHazards: 'Perigos', hazardReport: 'Avisar um perigo', hazardKind: 'Tipo', hazardEnd: 'Já passou', hazardEnds: (what) => `${what}: já passou`, hazardUntil: (t) => `vale até ${t}`, hazardSeen: (t) => `visto pela última vez ${t}`, hazardReports: (n) => `${n} ${n === 1 ? 'aviso' : 'avisos'}`,
  hazardOffice: (who) => `${who}, central`, noHazards: 'Nenhum perigo.', noHazardsHint: 'O que as equipes ou a central avisam aparece para toda equipe por perto, sem nomes, até terminar ou expirar.', hazardPast: 'Também os passados', hazardEndedBy: (who, t) => `encerrado por ${who}, ${t}`, hazardTakenBack: 'retirado pela equipe', hazardOver: 'encerrado',
  hazardNames: { 'wire-down': 'Fio caído', gas: 'Cheiro de gás', sinkhole: 'Afundamento', flooding: 'Alagamento', ice: 'Gelo', 'tree-down': 'Árvore caída', debris: 'Entulho', dog: 'Cão perigoso', sharps: 'Agulhas', 'work-zone': 'Zona de obras', 'steel-plates': 'Chapas de aço' },
};
