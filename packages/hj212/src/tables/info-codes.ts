/**
 * Field information codes: HJ 212-2017 tables B.8–B.10. `i` + device (1 instrument, 2 logger, 3 auxiliary) +
 * kind (1 log, 2 state, 3 parameter) + three characters.
 */
export interface InfoCodeRow {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly unit?: string
  readonly type?: string
  readonly values?: Readonly<Record<string, string>>
  readonly since?: '2025'
  readonly status?: 'unverified'
}

const link = { '0': '正常', '1': '异常' } as const
const device = { '0': '运行', '1': '停机', '2': '故障', '3': '维护' } as const

export const infoCodes: readonly InfoCodeRow[] = [
  { code: 'i11001', zh: '仪器仪表日志', en: 'log of the instrument', type: 'C890' },
  { code: 'i21001', zh: '数采仪日志', en: 'log of the logger', type: 'C890' },
  { code: 'i31001', zh: '门禁日志', en: 'log of the door', type: 'C890' },
  {
    code: 'i12001',
    zh: '仪器仪表工作状态',
    en: 'instrument state',
    values: {
      '0': '运行',
      '1': '维护',
      '2': '故障',
      '3': '校准',
      '5': '反吹',
      '6': '电源故障',
      '7': '测量',
      '8': '标定',
      '9': '待机',
      '10': '运维',
    },
  },
  { code: 'i12002', zh: '仪器仪表与数采仪通讯状态', en: 'link of instrument and logger', values: link },
  {
    code: 'i12003',
    zh: 'COD监测仪报警状态',
    en: 'alarm of the COD analyser',
    values: { '0': '正常', '1': '报警' },
  },
  { code: 'i13001', zh: '测量量程', en: 'range' },
  { code: 'i13002', zh: '测量精度', en: 'precision' },
  { code: 'i13003', zh: '测量间隔', en: 'interval', unit: 'min', type: 'N4' },
  { code: 'i13004', zh: '消解温度', en: 'digestion temperature', unit: '°C', type: 'N3.1' },
  { code: 'i13005', zh: '消解时长', en: 'digestion time', unit: 'min', type: 'N2' },
  { code: 'i13006', zh: '校准时间', en: 'calibration time', type: 'N14' },
  { code: 'i13007', zh: '截距', en: 'intercept' },
  { code: 'i13008', zh: '斜率', en: 'slope' },
  { code: 'i13009', zh: '测量检出限', en: 'detection limit' },
  { code: 'i22001', zh: '数采仪工作状态', en: 'logger state', values: device },
  {
    code: 'i22002',
    zh: '数采仪用户',
    en: 'user level',
    values: { '0': '普通用户', '1': '管理员', '2': '维护人员' },
  },
  { code: 'i22003', zh: '数采仪与上位机通讯状态', en: 'link of logger and host', values: link },
  { code: 'i22101', zh: '采集通道状态', en: 'channel', values: { ...link, '2': '未接仪表' } },
  { code: 'i23001', zh: '大气压', en: 'local pressure', unit: 'kPa', type: 'N3.3' },
  { code: 'i23005', zh: '数采仪编号', en: 'logger id', since: '2025', status: 'unverified' },
  { code: 'i23006', zh: 'CPU编号', en: 'CPU id', since: '2025', status: 'unverified' },
  { code: 'i23007', zh: 'MAC地址1', en: 'MAC address 1', since: '2025', status: 'unverified' },
  { code: 'i23008', zh: 'MAC地址2', en: 'MAC address 2', since: '2025', status: 'unverified' },
  { code: 'i32001', zh: '门禁状态', en: 'door', values: device },
  { code: 'i33001', zh: 'CEMS伴热管温度', en: 'heated line of the CEMS', unit: '°C' },
  { code: 'i33002', zh: 'CEMS冷凝温度', en: 'condenser of the CEMS', unit: '°C' },
  { code: 'i33101', zh: '站房温度', en: 'station temperature', unit: '°C' },
  { code: 'i33102', zh: '站房湿度', en: 'station humidity', unit: '%' },
  { code: 'i33103', zh: '供电电压', en: 'voltage', unit: 'V' },
  { code: 'i33104', zh: '原水压力', en: 'raw water pressure' },
  { code: 'i33105', zh: '进样压力1', en: 'inlet pressure 1' },
  { code: 'i33106', zh: '进样压力2', en: 'inlet pressure 2' },
  { code: 'i33107', zh: '沉淀池清洗', en: 'cleaning of the settling tank', unit: 's' },
  { code: 'i33200', zh: '电流', en: 'plant current', unit: 'A' },
  { code: 'i33201', zh: '总用电量', en: 'energy, total', unit: 'kWh' },
  { code: 'i33202', zh: '日用电量', en: 'energy of the day', unit: 'kWh' },
  { code: 'i33400', zh: '生产负荷', en: 'production load', unit: '%' },
]

export interface InfoKind {
  readonly device: 'instrument' | 'logger' | 'auxiliary'
  readonly kind: 'log' | 'state' | 'parameter'
}

const devices = { '1': 'instrument', '2': 'logger', '3': 'auxiliary' } as const
const kinds = { '1': 'log', '2': 'state', '3': 'parameter' } as const

/** What an information code speaks of, also for codes that are not listed; undefined when it is of another form. */
export function infoKind(code: string): InfoKind | undefined {
  if (code.length !== 6 || code[0] !== 'i') return undefined
  const found = devices[code[1] as '1']
  const kind = kinds[code[2] as '1']
  return found && kind ? { device: found, kind } : undefined
}
