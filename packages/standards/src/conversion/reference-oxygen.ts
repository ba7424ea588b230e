import type { Status } from '../clause.ts'
import type { ConversionRule } from './oxygen.ts'

/** The basis on which the limits of a kind of facility are given. */
export interface ReferenceOxygen {
  /** Key of the facility, as outlets and limit tables name it. */
  readonly facility: string
  readonly zh: string
  readonly rule: ConversionRule
  readonly standard: string
  readonly at: string
  readonly source: string
  readonly status: Status
  /** First day in force where editions differ (YYYY-MM-DD); absent = from the beginning. */
  readonly from?: string
}

const oxygen = (o2: number): ConversionRule => ({ kind: 'reference-oxygen', o2 })
const air = (coefficient: number): ConversionRule => ({ kind: 'excess-air', coefficient })
const measured: ConversionRule = { kind: 'measured' }

type Names = readonly [facility: string, zh: string][]

const rows =
  (standard: string, at: string, status: Status, source = `${standard} ${at}`) =>
  (rule: ConversionRule, ...names: Names): ReferenceOxygen[] =>
    names.map(([facility, zh]) => ({ facility, zh, rule, standard, at, source, status }))

const power = rows('GB 13223-2011', '表3', 'unverified', 'GB 13223-2011 表3（未见原文）')
const boiler = rows('GB 13271-2014', '表6', 'verified')
const hazardous = rows('GB 18484-2020', '3.20', 'verified')
const medical = rows('GB 39707-2020', '式（5）', 'verified')
const municipal = rows('GB 18485-2014', '基准氧含量', 'unverified', 'GB 18485-2014（未见原文）')
const cement = rows('GB 4915-2013', '4.1.4', 'verified')
const crematory = rows('GB 13801-2015', '4.7', 'verified')
const petrochemical = rows('GB 31571-2015', '5.1.5', 'verified')
const resin = rows('GB 31572-2015', '5.1.5', 'verified')
const voc = rows('GB 37822-2019', '10.3.3', 'verified')
const foundry = rows('GB 39726-2020', '表3', 'verified')
const glass = rows('GB 26453-2011', '表2注a', 'verified')
const inorganic = rows('GB 31573-2015', '4.2.7', 'verified')
const brick = rows('GB 29620-2013', '4.7', 'verified')
const furnace = rows('GB 9078-1996', '5.2', 'verified')
const sinter = rows(
  'GB 28662-2012',
  '修改单4.9',
  'unverified',
  'GB 28662-2012 修改单 4.9（转载文本，一处来源）',
)
const steel = rows(
  '环大气〔2019〕35号',
  '超低排放指标',
  'unverified',
  '关于推进实施钢铁行业超低排放的意见（未见原文）',
)
const coking = rows(
  '焦化超低排放意见（2024）',
  '超低排放指标',
  'unverified',
  '焦化行业超低排放意见（一处来源）',
)
const ceramics = rows('GB 25464-2010', '修改单', 'unverified', 'GB 25464 修改单（一处来源）')

/** Reference oxygen (基准氧含量) and other bases of conversion, by facility. Dry, %. */
export const referenceOxygens: readonly ReferenceOxygen[] = [
  ...power(oxygen(6), ['power-coal-boiler', '火电燃煤锅炉']),
  ...power(
    oxygen(3),
    ['power-oil-boiler', '火电燃油锅炉'],
    ['power-gas-boiler', '火电天然气锅炉'],
    ['power-other-gas-boiler', '火电其他气体燃料锅炉'],
  ),
  ...power(
    oxygen(15),
    ['power-gas-turbine', '天然气燃气轮机组'],
    ['power-other-gas-turbine', '其他气体燃料燃气轮机组'],
    ['power-oil-turbine', '燃油燃气轮机组'],
  ),
  ...boiler(oxygen(9), ['boiler-coal', '燃煤锅炉'], ['boiler-biomass', '生物质成型燃料锅炉']),
  ...boiler(oxygen(3.5), ['boiler-oil', '燃油锅炉'], ['boiler-gas', '燃气锅炉']),
  ...hazardous(oxygen(11), ['hazardous-waste-incinerator', '危险废物焚烧炉']),
  ...medical(oxygen(11), ['medical-waste-incinerator', '医疗废物焚烧炉']),
  ...municipal(oxygen(11), ['waste-incinerator', '生活垃圾焚烧炉']),
  ...cement(oxygen(10), ['cement-kiln', '水泥窑及窑尾余热利用系统']),
  ...cement(oxygen(8), ['cement-dryer', '采用独立热源的水泥烘干设备']),
  ...cement(measured, ['cement-other', '水泥其他排气']),
  ...sinter(oxygen(16), ['sinter', '烧结机头'], ['pellet-shaft', '球团竖炉']),
  ...sinter(oxygen(18), ['pellet-grate-kiln', '链篦机—回转窑球团'], ['pellet-belt', '带式球团焙烧机']),
  ...sinter(measured, ['sinter-tail', '烧结机尾及其他']),
  ...steel(oxygen(8), ['steel-heating-furnace', '轧钢加热炉、热处理炉']),
  ...steel(oxygen(3), ['steel-gas-boiler', '钢铁自备燃气锅炉']),
  ...steel(oxygen(6), ['steel-coal-boiler', '钢铁自备燃煤锅炉']),
  ...coking(oxygen(8), ['coke-oven', '焦炉烟囱'], ['coking-tube-furnace', '焦化管式炉']),
  ...ceramics(oxygen(18), ['ceramic-spray-dryer', '陶瓷喷雾干燥塔'], ['ceramic-kiln', '陶瓷窑']),
  ...brick(air(1.7), ['brick-kiln', '砖瓦焙烧窑']),
  {
    facility: 'brick-kiln',
    zh: '砖瓦焙烧窑（修改单）',
    rule: oxygen(18),
    standard: 'GB 29620-2013',
    at: '修改单',
    source: 'GB 29620-2013 修改单（未见原文，施行日期待核实，采用前由生态环境部门确认）',
    status: 'unverified',
  },
  ...petrochemical(oxygen(3), ['petrochemical-furnace', '石化工艺加热炉']),
  ...resin(oxygen(3), ['organic-gas-incinerator', '焚烧处理的有机废气（石化、合成树脂）']),
  ...voc(
    oxygen(3),
    ['voc-combustion', '需补充空气的挥发性有机物燃烧装置'],
    ['foundry-voc-combustion', '铸造挥发性有机物燃烧装置'],
    ['coating-voc-combustion', '涂料等制造的燃烧装置'],
  ),
  ...voc(measured, ['voc-combustion-without-air', '不需补充空气的挥发性有机物燃烧装置']),
  ...foundry(oxygen(15), ['cupola-cold', '冲天炉（冷风，不高于400 ℃）']),
  ...foundry(oxygen(12), ['cupola-hot', '冲天炉（热风）']),
  ...foundry(oxygen(8), ['foundry-gas-furnace', '铸造燃气炉']),
  ...glass(oxygen(8), ['glass-furnace', '平板玻璃熔窑']),
  ...inorganic(oxygen(8), ['inorganic-kiln-oxidising', '无机化工炉窑（氧化气氛）']),
  ...inorganic(oxygen(5), ['inorganic-kiln-reducing', '无机化工炉窑（还原气氛）']),
  ...crematory(oxygen(11), ['crematory', '火化机'], ['tribute-burner', '遗物祭品焚烧设备']),
  ...furnace(
    air(1.7),
    ['metal-heating-furnace', '金属压延、锻造加热炉'],
    ['non-metal-heating-furnace', '非金属加热炉'],
    ['heat-treatment-furnace', '热处理炉'],
    ['drying-furnace', '干燥炉、窑'],
    ['refractory-kiln', '非金属焙（煅）烧炉窑（耐火材料）'],
    ['lime-kiln', '石灰窑'],
    ['ceramic-tunnel-kiln', '陶瓷、搪瓷隧道窑'],
    ['ceramic-other-kiln', '陶瓷、搪瓷其他窑'],
    ['industrial-furnace', '其他工业炉窑'],
  ),
  ...furnace(measured, ['smelting-furnace', '有色金属熔炼炉'], ['iron-ore-sinter-furnace', '铁矿烧结炉']),
]

const byFacility = new Map<string, ReferenceOxygen>()
// The first row of a facility is the one in force; later ones wait for their date.
for (const row of referenceOxygens) if (!byFacility.has(row.facility)) byFacility.set(row.facility, row)

/** The basis of a facility; undefined when the facility has none in the table: then the measured value counts. */
export function referenceOxygenOf(facility: string): ReferenceOxygen | undefined {
  return byFacility.get(facility)
}
