import type { shift as English } from '../en/shift';

export const shift: typeof English = {
  mine: '我的班组', onlyMine: '只看我的班组', noneMine: '您还没有班组。', noneMineHint: '显示全部，并标记您负责的。', unfinished: '未完', todo: '待办',
  lastHoursLabel: '汇总的时间', lastHours: (h) => `近 ${h} 小时`, shiftOpened: '开立', shiftClosed: '结案', shiftOverdue: '已超期', shiftDone: '完成工单', shiftInTime: '按时',
  routeSheet: '路线单', shiftByRadio: '电台报班次', radioUnit: '若乘坐无设备的车辆',
  desk: '席位', noDesk: '尚无席位。', noDeskHint: '有人接手时席位即建立：请取名，如“调度”。', deskHint: '例如：调度', deskNotes: '下一位须知', deskNote: '给下一位的备注',
  deskSave: '记下', takeOver: '接手', heldBy: (who, since) => `${who}，自 ${since}`, heldByNobody: '无人', tookOver: (who, from) => (from ? `${who} 从 ${from} 接手` : `${who} 接手`),
  deskCounts: (open, late, unassigned, calls) => `${open} 未结，${late} 超期，${unassigned} 未派，${calls} 求助`, olderEntries: '更早的记录',
  day: '日期', allCrewed: '所有载人车辆', replayWhy: '为何查看？', replayWhyHint: '这是人员的行踪：理由会先记录，再给出结果。', replayShow: '显示这一天', replayReading: (percent) => `读取 ${percent}%`,
  replayNothing: '当天没有轨迹。下班后车辆不发送位置，旧轨迹会被删除。', replayEmpty: '请选择日期。', replayEmptyHint: '您会看到车辆行驶和停留之处，以及当时未结的诉求。',
  replayEnd: '回到现在', replayPlay: '播放', replayPause: '暂停', replayBack: '后退一分钟', replayForth: '前进一分钟', replayOf: (day) => `${day} 的回放`, replayTime: '当天时刻', replayPace: '速度',
  dayTotals: (trips, stops, far) => `${trips} 次行程，${stops} 次停留，${far}`, dayTruncated: '这一天超出一次能读取的量。', dayNone: '没有移动。',
  trip: (far, top) => `行程 ${far}，最高 ${top}`, stop: (long) => `停留 ${long}`, unseenFor: (t) => `其中 ${t} 无信号`,
  span: '时间', lastDays: (n) => (n === 1 ? '近 24 小时' : `近 ${n} 天`), asTable: '以表格显示', hours: '工时', length: '长度', street: '街道', per: (unit) => `每 ${unit}`, spotBy: '按', spotPlace: '地点',
  flowHint: '诉求以最后一次变化计为结案。', flowOpened: (n) => `开立 ${n}`, flowClosed: (n) => `结案 ${n}`, flowPartial: '诉求多于一次能读取的量：最早的部分偏低。',
  spotsHint: '重复另一件的上报计入那一件，不另算缺陷。', spotsNone: '该时段没有诉求。', costsHint: '按费率表：实测时间、班组填报，其余按惯例。', costsNone: '该时段没有工作。',
  navCoverage: '覆盖', coverHint: '无人驶过就无从发现：诉求少而覆盖薄的区域并不等于良好。', coverOf: '已探测街道', coverThin: '太少，无法判断',
  coverRoad: '已探测道路', coverLamp: '已探测路灯', coverRoadMap: '道路上图', coverLampMap: '路灯上图', coverSmooth: '平整', coverRough: '不平', coverSensed: '已探测', coverNever: '未探测',
  unitDay: '它的一天', link: '连接', linkAgent: '程序', linkOldest: '最早未发送', linkActions: '未发送的班组操作',
  crewFacts: '能做什么', crewSkills: '技能', crewSkillsHint: '服务或工种，以逗号分隔；空：全部', crewEquipment: '设备', crewEquipmentHint: '以逗号分隔', crewDistricts: '区域', crewDistrictsHint: '不选：全市',
};
