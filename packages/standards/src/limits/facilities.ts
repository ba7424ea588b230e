import type { EmissionMedium } from './emission-limit.ts'

/** A kind of facility behind an outlet: its key chooses the standard, in the order in which they apply. */
export interface Facility {
  readonly key: string
  readonly zh: string
  readonly medium: EmissionMedium
  /** Families of standards: the sector standard first; a later one only while the earlier does not hold yet. */
  readonly standards: readonly string[]
}

type Names = readonly [key: string, zh: string][]

const group =
  (medium: EmissionMedium, ...standards: readonly string[]) =>
  (...names: Names): Facility[] =>
    names.map(([key, zh]) => ({ key, zh, medium, standards }))

const air = (...standards: readonly string[]) => group('air', ...standards)
const water = (...standards: readonly string[]) => group('water', ...standards)
const AIR = 'GB 16297'
const FURNACE = 'GB 9078'

/** Keys that outlets name; an outlet whose key is not here has no national limit chosen for it. */
export const facilities: readonly Facility[] = [
  ...air('GB 13223')(
    ['power-coal-boiler', '火电燃煤锅炉'],
    ['power-oil-boiler', '火电燃油锅炉'],
    ['power-gas-boiler', '火电天然气锅炉'],
    ['power-other-gas-boiler', '火电其他气体燃料锅炉'],
    ['power-oil-turbine', '燃油燃气轮机组'],
    ['power-gas-turbine', '天然气燃气轮机组'],
    ['power-other-gas-turbine', '其他气体燃料燃气轮机组'],
  ),
  ...air('GB 13271')(
    ['boiler-coal', '燃煤锅炉'],
    ['boiler-biomass', '生物质成型燃料锅炉'],
    ['boiler-oil', '燃油锅炉'],
    ['boiler-gas', '燃气锅炉'],
  ),
  ...air('GB 4915')(
    ['cement-kiln', '水泥窑及窑尾余热利用系统'],
    ['cement-dryer', '采用独立热源的烘干设备'],
    ['cement-cooler', '冷却机（窑头）'],
    ['cement-coal-mill', '煤磨、烘干磨'],
    ['cement-quarry', '矿山破碎及其他通风生产设备'],
    ['cement-other', '破碎机、磨机、包装机及其他通风生产设备'],
    ['cement-products', '散装水泥中转站及水泥制品'],
    ['cement-fence', '水泥企业厂界'],
  ),
  ...air('GB 29620', FURNACE)(
    ['brick-kiln', '砖瓦人工干燥及焙烧窑'],
    ['brick-forming', '砖瓦原料燃料破碎及制备成型'],
    ['brick-fence', '砖瓦企业边界'],
  ),
  ...air('GB 26453', FURNACE)(
    ['glass-furnace', '平板玻璃熔窑'],
    ['glass-coating', '在线镀膜'],
    ['glass-batch', '配料、碎玻璃等'],
  ),
  ...air('GB 39726', FURNACE)(
    ['cupola-hot', '冲天炉（热风）'],
    ['cupola-cold', '冲天炉（冷风）'],
    ['foundry-gas-furnace', '铸造燃气炉'],
    ['foundry-electric-furnace', '电弧炉、感应电炉、精炼炉等熔炼炉'],
  ),
  ...air('GB 39726', AIR)(
    ['foundry-moulding', '造型、落砂、清理、制芯、浇注等'],
    ['foundry-sand', '砂处理、废砂再生'],
    ['foundry-heat-treatment', '热处理（非电）'],
    ['foundry-coating', '表面涂装'],
    ['foundry-voc-combustion', '铸造挥发性有机物燃烧装置'],
  ),
  ...air('GB 28662', FURNACE)(
    ['sinter', '烧结机头'],
    ['pellet-shaft', '球团竖炉'],
    ['pellet-grate-kiln', '链篦机—回转窑球团'],
    ['pellet-belt', '带式球团焙烧机'],
    ['sinter-tail', '烧结机尾及其他生产设备'],
  ),
  ...air()(
    ['hot-blast-stove', '热风炉'],
    ['steel-heating-furnace', '轧钢加热炉、热处理炉'],
    ['steel-gas-boiler', '钢铁自备燃气锅炉'],
    ['steel-coal-boiler', '钢铁自备燃煤锅炉'],
    ['steel-other', '钢铁其他主要污染源'],
  ),
  ...air('GB 16171')(
    ['coke-oven', '焦炉烟囱'],
    ['coke-dry-quench', '干熄焦'],
    ['coke-charging', '装煤、推焦'],
    ['coking-tube-furnace', '焦化管式炉'],
  ),
  ...air('GB 25467')(
    ['copper-smelting', '铜镍钴冶炼'],
    ['copper-acid-plant', '铜镍钴烟气制酸'],
    ['copper-crushing', '铜镍钴采选：破碎、筛分'],
    ['copper-mining', '铜镍钴采选：其他'],
  ),
  ...air('GB 25466')(['lead-zinc-smelting', '铅锌冶炼']),
  ...air('GB 25465')(['aluminium-cell', '电解槽烟气']),
  ...air('GB 18485')(['waste-incinerator', '生活垃圾焚烧炉']),
  ...air('GB 18484')(['hazardous-waste-incinerator', '危险废物焚烧炉']),
  ...air('GB 39707')(['medical-waste-incinerator', '医疗废物焚烧炉']),
  ...air('GB 26131', AIR)(['nitric-acid', '硝酸工业（氨氧化法）']),
  ...air('GB 26132', AIR)(['sulphuric-acid', '硫酸工业（硫磺、硫铁矿、石膏制酸）']),
  ...air('GB 21900', AIR)(['plating', '电镀']),
  ...air('GB 31573', AIR)(
    ['inorganic-chemical', '无机化学工业工艺废气'],
    ['inorganic-kiln-oxidising', '无机化工炉窑（氧化气氛）'],
    ['inorganic-kiln-reducing', '无机化工炉窑（还原气氛）'],
    ['inorganic-fence', '无机化学企业边界'],
  ),
  ...air('GB 31571', AIR)(
    ['petrochemical-furnace', '石化工艺加热炉'],
    ['petrochemical-vent', '石化有机废气排放口'],
    ['petrochemical-fence', '石化企业边界'],
  ),
  ...air('GB 31572', AIR)(['resin-vent', '合成树脂有机废气'], ['resin-fence', '合成树脂企业边界']),
  ...air('GB 37824', AIR)(
    ['coating-making', '涂料、油墨、胶粘剂制造'],
    ['coating-voc-combustion', '涂料等制造的燃烧装置'],
    ['coating-fence', '涂料等企业边界'],
  ),
  ...air('GB 37822')(['voc-indoor', '厂区内挥发性有机物无组织监控点']),
  ...air('GB 20950')(['petrol-depot', '储油库油气处理装置'], ['petrol-depot-fence', '储油库边界']),
  ...air('GB 20952')(['petrol-station', '加油站油气处理装置'], ['petrol-station-fence', '加油站边界']),
  ...air('GB 13801')(['crematory', '火化机'], ['tribute-burner', '遗物祭品焚烧设备']),
  ...air(FURNACE)(
    ['blast-furnace', '高炉及出铁场、炼钢炉、混铁炉'],
    ['ferro-alloy-furnace', '铁合金熔炼炉'],
    ['smelting-furnace', '有色金属熔炼炉'],
    ['metal-melting-furnace', '金属熔化炉'],
    ['non-metal-melting-furnace', '非金属熔化、冶炼炉'],
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
  ...air(AIR)(['process', '一般工艺废气'], ['fence', '厂界无组织']),
  ...water('GB 18918')(
    ['sewage-1a', '城镇污水处理厂（一级A）'],
    ['sewage-1b', '城镇污水处理厂（一级B）'],
    ['sewage-2', '城镇污水处理厂（二级）'],
    ['sewage-3', '城镇污水处理厂（三级）'],
  ),
  ...water('GB 8978')(
    ['water-1', '污水综合排放（一级）'],
    ['water-2', '污水综合排放（二级）'],
    ['water-3', '污水综合排放（三级）'],
  ),
  ...water('GB 25467')(['copper-water', '铜镍钴工业废水']),
  ...water('GB 26131')(['nitric-acid-water', '硝酸工业废水']),
  ...water('GB 26132')(['sulphuric-acid-water', '硫酸工业废水']),
  ...water('GB 21900')(['plating-water', '电镀废水']),
  ...water('GB 31573')(['inorganic-water', '无机化学工业废水']),
  ...water('GB 31571')(['petrochemical-water', '石油化学工业废水']),
  ...water('GB 31572')(['resin-water', '合成树脂工业废水']),
  ...water('GB 27631')(['alcohol-water', '发酵酒精工业废水'], ['baijiu-water', '白酒工业废水']),
  ...water('GB 26877')(['car-repair-water', '汽车维修业废水']),
  ...water('GB 4287')(['dyeing-water', '纺织染整工业废水']),
  ...water('GB 30486')(['leather-water', '制革废水'], ['fur-water', '毛皮加工废水']),
  ...water('GB 39731')(['electronics-water', '电子工业废水']),
  ...water('GB 18466')(
    ['hospital-water', '医疗机构废水（县级及以上或20张床及以上，直接排放）'],
    ['hospital-water-pretreatment', '医疗机构废水（县级及以上或20张床及以上，排入有二级处理的下水道）'],
    ['hospital-water-infectious', '传染病、结核病医疗机构废水'],
  ),
  ...water('GB 16889')(['landfill-water', '生活垃圾填埋场渗滤液处理出水']),
]

const byKey = new Map(facilities.map((facility) => [facility.key, facility]))

/** The facility of that key. */
export function facilityOf(key: string): Facility | undefined {
  return byKey.get(key)
}

/** Size of a boiler: rated steam t/h, or rated heat MW of a hot-water boiler. */
export interface BoilerSize {
  readonly steamTph?: number | undefined
  readonly heatMw?: number | undefined
}

/** At most 10 t/h of steam or 7 MW of hot water: GB 13271-2014 cl. 4.1 gives them the later date. */
export function isSmallBoiler({ steamTph, heatMw }: BoilerSize): boolean {
  return (steamTph !== undefined && steamTph <= 10) || (heatMw !== undefined && heatMw <= 7)
}

/**
 * Which standard a coal steam boiler falls under: GB 13271-2014 cl. 1 takes those of at most 65 t/h and grate and
 * spreader boilers of any size; the rest is a power boiler (GB 13223).
 */
export function coalBoilerFacility(
  steamTph: number,
  firing: 'grate' | 'spreader' | 'circulating-bed' | 'pulverised',
): 'boiler-coal' | 'power-coal-boiler' {
  const grate = firing === 'grate' || firing === 'spreader'
  return grate || steamTph <= 65 ? 'boiler-coal' : 'power-coal-boiler'
}
