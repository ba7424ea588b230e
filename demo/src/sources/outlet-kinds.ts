import type { CastLimit, CastOutlet } from './cast-types.ts'

type More = Partial<CastOutlet>
type Kind = (number: string, name: string, more?: More) => CastOutlet

const PM = 'a34013'
const SO2 = 'a21026'
const NOX = 'a21002'

const kind =
  (base: Omit<CastOutlet, 'number' | 'name'>): Kind =>
  (number, name, more = {}) => ({ ...base, ...more, number, name })

const limit = (value: number, basis: string): CastLimit => ({ value, basis })
const wet = ['desulphurisation', '石灰石-石膏湿法脱硫', 1200, 97] as const
const scr = ['denitrification', '选择性催化还原（SCR）脱硝', 260, 85] as const
const sncr = ['denitrification', '选择性非催化还原（SNCR）脱硝', 90, 60] as const
const bag = ['dedusting', '布袋除尘', 450, 99.8] as const
const lowNox = ['denitrification', '低氮燃烧器', 15, 50] as const
const biological = ['waste-water', '预处理+A2O+深度处理', 320, 92] as const
const chemical = ['waste-water', '混凝沉淀+水解酸化+好氧', 160, 85] as const

/** What kinds of outlets the cast has. Limits name where they come from; the limits of a model are its own. */
export const power = kind({
  process: 'power',
  facility: 'power-coal-boiler',
  referenceO2: 6,
  main: true,
  ultraLow: true,
  heightM: 180,
  treatment: [wet, scr, bag],
})
export const coalBoiler = kind({
  process: 'power',
  facility: 'boiler-coal',
  referenceO2: 9,
  main: true,
  size: 0.07,
  heightM: 60,
  limits: {
    [PM]: limit(50, 'GB 13271-2014 表2'),
    [SO2]: limit(300, 'GB 13271-2014 表2'),
    [NOX]: limit(300, 'GB 13271-2014 表2'),
  },
  treatment: [['desulphurisation', '双碱法脱硫', 75, 90], sncr, bag],
})
/** Burning gas leaves next to nothing but nitrogen oxides: mostly they alone are monitored. */
export const gasBoiler = kind({
  process: 'gas-boiler',
  limits: { [PM]: null, [SO2]: null },
  facility: 'boiler-gas',
  referenceO2: 3.5,
  heightM: 15,
  treatment: [lowNox],
})
export const sinter = kind({
  process: 'sinter',
  facility: 'sinter',
  referenceO2: 16,
  main: true,
  ultraLow: true,
  heightM: 100,
  treatment: [['desulphurisation', '循环流化床半干法脱硫', 900, 95], scr, bag],
})
export const furnace = kind({
  process: 'coke-oven',
  facility: 'steel-heating-furnace',
  referenceO2: 8,
  size: 0.4,
  ultraLow: true,
  heightM: 45,
  limits: {
    [PM]: limit(10, '环大气〔2019〕35号'),
    [SO2]: limit(50, '环大气〔2019〕35号'),
    [NOX]: limit(200, '环大气〔2019〕35号'),
  },
  treatment: [lowNox],
})
export const cokeOven = kind({
  process: 'coke-oven',
  facility: 'coke-oven',
  referenceO2: 8,
  main: true,
  ultraLow: true,
  heightM: 120,
  treatment: [['desulphurisation', '碳酸氢钠干法脱硫', 300, 90], scr, bag],
})
export const cementKiln = kind({
  process: 'cement-kiln',
  facility: 'cement-kiln',
  referenceO2: 10,
  main: true,
  ultraLow: true,
  heightM: 95,
  treatment: [['denitrification', '分级燃烧+SNCR+SCR', 210, 88], bag],
})
/** Dust only: mills, coolers, crushers. */
export const dust = kind({
  process: 'smelter-acid',
  facility: 'cement-cooler',
  size: 0.6,
  heightM: 30,
  limits: { [SO2]: null, [PM]: limit(30, 'GB 4915-2013 表1') },
  treatment: [bag],
})
export const acidPlant = kind({
  process: 'smelter-acid',
  facility: 'copper-acid-plant',
  main: true,
  heightM: 90,
  treatment: [['desulphurisation', '两转两吸制酸+离子液脱硫', 860, 99], bag],
})
export const smelting = kind({
  process: 'smelter-acid',
  facility: 'copper-smelting',
  main: true,
  heightM: 120,
  limits: { [SO2]: limit(400, 'GB 25467-2010'), [PM]: limit(80, 'GB 25467-2010') },
  treatment: [['desulphurisation', '活性焦脱硫', 540, 95], bag],
})
/** Kilns and furnaces without a reference oxygen content (GB 9078-1996 table 2). */
export const kiln = kind({
  process: 'smelter-acid',
  facility: 'metal-melting-furnace',
  size: 0.3,
  heightM: 25,
  limits: { [SO2]: limit(850, 'GB 9078-1996 表4'), [PM]: limit(150, 'GB 9078-1996 表2') },
  treatment: [bag],
})
export const incinerator = kind({
  process: 'waste-incinerator',
  facility: 'waste-incinerator',
  referenceO2: 11,
  main: true,
  heightM: 80,
  treatment: [['acid-gas', '半干法+干法脱酸', 180, 92], sncr, bag],
})
export const sewage = kind({
  process: 'sewage',
  facility: 'sewage-1a',
  main: true,
  direct: true,
  treatment: [biological],
})
export const industrialWater = kind({
  process: 'chemical-water',
  facility: 'water-1',
  main: true,
  treatment: [chemical],
})
export const foodWater = kind({
  process: 'food-water',
  facility: 'water-1',
  main: true,
  treatment: [['waste-water', 'UASB+好氧', 130, 93]],
})
