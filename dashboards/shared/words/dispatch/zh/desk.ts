import type { desk as English } from '../en/desk';

export const desk: typeof English = {
  newHere: '在此开立诉求', placeNear: '最接近的地点', placesFound: (n) => `${n} 个地点`, placeNone: '城市地图上没有这个地点。',
  kindAddress: '地址', kindCrossing: '路口', kindStreet: '街道', kindPole: '路灯', kindPoint: '经纬度', tickNone: '无',
  linkUp: '已连接，自', linkDown: '未连接，自', linkSeen: '最后收到', linkLive: '实时位置', linkLiveLag: (lag, ago) => `${ago}，途中 ${lag}`,
  linkRecords: '未发送的记录', linkFiles: '未发送的照片和语音', linkLag: '存储记录的延迟', linkLagHint: '其最新健康记录到达所用的时间。', linkDays: '离线可维持', linkNoSignal: '车辆不报告无线信号强度。',
  megabytes: (mb) => `${mb} MB`, daysCount: (n) => `${n} 天`,
  sensors: '传感器', sensorGps: 'GPS', sensorMotion: '加速度计', sensorLight: '光', sensorWorks: '正常', sensorStale: '无信号', sensorMissing: '缺失', sensorUnknown: '未知',
  hdop: (v) => `HDOP ${v}`, fixGood: '定位良好', fixFair: '定位一般', fixPoor: '定位较差', nowLux: (v) => `当前 ${v} 勒克斯`, nowShock: (v) => `当前 ${v} m/s²`,
  computer: '计算机', diskFree: (gb) => `剩余 ${gb} GB`, ignitionOn: '点火已开', ignitionOff: '点火已关', healthAsOf: (ago) => `数据：${ago}`, healthNone: '尚未报告健康状况。',
  evLux: '照度', liveTrace: '自打开此卡片起', timesAsk: '显示时间', timesHint: '测量时间即班组行车时间：会先记录原因。', timesShow: '显示各时间',
  coverWhen: '最后测量', coverPasses: (n) => `${n} 次经过`, coverHover: '指向街道查看测量时间。', houseNumbers: (range) => `${range} 号`,
};
