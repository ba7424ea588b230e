/**
 * Process factor codes: HJ 212-2017 tables B.4–B.7. `e` (wastewater) or `g` (flue gas) + process + two digits of
 * the factor + two digits of the device (01 when there is one). e701xx and g119xx are assigned twice in Annex B.
 */
export interface ProcessRow {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly unit?: string
}

export const wastewaterProcesses: Readonly<Record<string, string>> = {
  '1': '进水',
  '2': '出水',
  '3': '活性污泥法',
  '4': '氧化沟法',
  '5': 'AO/A2O法',
  '6': 'SBR法',
  '7': '接触氧化法',
  '8': '生物滤池法',
  '9': '设计值',
}

export const flueGasProcesses: Readonly<Record<string, string>> = {
  '1': '湿法脱硫',
  '2': '半干法脱硫',
  '3': 'SCR脱硝',
  '4': 'SNCR脱硝',
  '5': '静电除尘',
  '6': '布袋除尘',
}

const row = (code: string, zh: string, en: string, unit?: string): ProcessRow => ({
  code,
  zh,
  en,
  ...(unit ? { unit } : {}),
})

/** First four characters of the codes. */
export const processFactors: readonly ProcessRow[] = [
  row('e101', '进水流量', 'inlet flow', 'L/s'),
  row('e102', '进水COD', 'inlet COD'),
  row('e103', '进水氨氮', 'inlet NH3-N'),
  row('e104', '进水总磷', 'inlet TP'),
  row('e105', '进水总氮', 'inlet TN'),
  row('e106', '进水pH', 'inlet pH'),
  row('e201', '出水流量', 'outlet flow', 'L/s'),
  row('e202', '出水COD', 'outlet COD'),
  row('e203', '出水氨氮', 'outlet NH3-N'),
  row('e204', '出水总磷', 'outlet TP'),
  row('e205', '出水pH', 'outlet pH'),
  row('e301', '提升泵电流', 'lift pump', 'A'),
  row('e302', '曝气风机电流', 'blower', 'A'),
  row('e303', '风量', 'air volume'),
  row('e304', '污泥浓度', 'MLSS', 'mg/L'),
  row('e305', '溶解氧', 'dissolved oxygen', 'mg/L'),
  row('e306', '剩余污泥泵', 'excess sludge pump'),
  row('e307', '回流泵', 'return pump'),
  row('e308', '回流污泥量', 'return sludge', 'kg'),
  row('e309', '剩余污泥量', 'excess sludge', 'kg'),
  row('e310', '压滤机电流', 'filter press', 'A'),
  row('e311', '阀门', 'valve'),
  row('e312', '液位', 'level', 'm'),
  row('e313', '加药量', 'dosing', 'mg/L'),
  row('e314', '氧化还原电位', 'ORP', 'mV'),
  row('g101', '增压风机状态', 'booster fan state'),
  row('g102', '增压风机电流', 'booster fan current', 'A'),
  row('g103', '浆液循环泵状态', 'slurry pump state'),
  row('g104', '浆液循环泵电流', 'slurry pump current', 'A'),
  row('g109', '供浆泵状态', 'slurry supply pump state'),
  row('g110', '供浆流量', 'slurry flow', 'm3/h'),
  row('g111', '浆液pH', 'slurry pH'),
  row('g115', '浆液密度', 'slurry density', 'kg/m3'),
  row('g116', '旁路挡板开度', 'bypass damper', 'degree'),
  row('g117', '石膏排出泵状态', 'gypsum pump state'),
  row('g118', '石膏排出泵电流', 'gypsum pump current', 'A'),
  row('g119', '脱硫效率', 'desulphurisation rate', '%'),
  row('g120', '入口氮氧化物', 'inlet NOx'),
  row('g121', '入口氧量', 'inlet O2'),
  row('g122', '入口流量', 'inlet flow', 'm3/h'),
  row('g123', '入口温度', 'inlet temperature'),
  row('g124', '入口烟尘', 'inlet dust'),
  row('g125', '入口压力', 'inlet pressure'),
  row('g126', '入口湿度', 'inlet moisture'),
  row('g301', '喷氨电流', 'ammonia injection', 'A'),
  row('g302', '稀释风机状态', 'dilution fan state'),
  row('g303', '稀释风机电流', 'dilution fan current', 'A'),
  row('g304', '氨泵状态', 'ammonia pump state'),
  row('g305', '氨泵电流', 'ammonia pump current', 'A'),
  row('g306', '旁路状态', 'bypass state'),
  row('g307', '旁路开度', 'bypass opening'),
  row('g308', '压差', 'pressure difference', 'kPa'),
]

const byPrefix = new Map(processFactors.map((factor) => [factor.code, factor]))

/** Parts of a process code (`e10101`); undefined when it is of another form. */
export function processCode(code: string):
  | {
      medium: 'wastewater' | 'flue-gas'
      process: string | undefined
      factor: ProcessRow | undefined
      device: number
    }
  | undefined {
  if (code.length !== 6 || (code[0] !== 'e' && code[0] !== 'g')) return undefined
  for (let i = 1; i < 6; i++) {
    const c = code.charCodeAt(i)
    if (c < 48 || c > 57) return undefined
  }
  const wastewater = code[0] === 'e'
  return {
    medium: wastewater ? 'wastewater' : 'flue-gas',
    process: (wastewater ? wastewaterProcesses : flueGasProcesses)[code[1] as string],
    factor: byPrefix.get(code.slice(0, 4)),
    device: Number(code.slice(4)),
  }
}
