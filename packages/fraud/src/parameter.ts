/** Names of parameters as officers write them, and what kind of quantity they are. */
export type ParameterKind = 'pollutant' | 'oxygen' | 'flow' | 'ph' | 'condition'

interface Known {
  readonly zh: string
  readonly kind: ParameterKind
  /** one name for the codes and spellings of one thing */
  readonly key: string
}

const rows: readonly (readonly [codes: string, zh: string, kind: ParameterKind, key: string])[] = [
  ['a21026 SO2 二氧化硫', '二氧化硫', 'pollutant', 'SO2'],
  ['a21002 a21003 a21004 NOx NO 氮氧化物', '氮氧化物', 'pollutant', 'NOx'],
  ['a34013 a34000 PM 颗粒物 烟尘', '颗粒物', 'pollutant', 'PM'],
  ['a21005 CO 一氧化碳', '一氧化碳', 'pollutant', 'CO'],
  ['a05001 CO2 二氧化碳', '二氧化碳', 'condition', 'CO2'],
  ['a21024 HCl 氯化氢', '氯化氢', 'pollutant', 'HCl'],
  ['a24088 NMHC 非甲烷总烃', '非甲烷总烃', 'pollutant', 'NMHC'],
  ['a19001 O2 氧 氧含量 含氧量', '含氧量', 'oxygen', 'O2'],
  ['a00000 w00000 flow 流量 废气流量 污水流量', '流量', 'flow', 'flow'],
  ['a01011 流速', '烟气流速', 'flow', 'velocity'],
  ['a01012 w01010 烟温 温度 水温', '温度', 'condition', 'temperature'],
  ['a01013 烟压', '烟气压力', 'condition', 'pressure'],
  ['a01014 湿度', '烟气湿度', 'condition', 'humidity'],
  ['w01018 COD CODCr 化学需氧量', '化学需氧量', 'pollutant', 'COD'],
  ['w01017 BOD BOD5 五日生化需氧量', '五日生化需氧量', 'pollutant', 'BOD'],
  ['w21003 NH3-N NH3N 氨氮', '氨氮', 'pollutant', 'NH3-N'],
  ['w21011 TP 总磷', '总磷', 'pollutant', 'TP'],
  ['w21001 TN 总氮', '总氮', 'pollutant', 'TN'],
  ['w01001 pH', 'pH', 'ph', 'pH'],
  ['w01014 电导率', '电导率', 'condition', 'conductivity'],
  ['i33400 负荷', '生产负荷', 'condition', 'load'],
]

const byCode = new Map<string, Known>()
for (const [codes, zh, kind, key] of rows)
  for (const code of codes.split(' ')) byCode.set(code.toLowerCase(), { zh, kind, key })

/** What is known about a parameter; an unknown one is a pollutant under its own name. */
export function parameterOf(code: string): Known {
  return byCode.get(code.trim().toLowerCase()) ?? { zh: code, kind: 'pollutant', key: code }
}
