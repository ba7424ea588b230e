import { type AirFactor, airFactors } from './factors.ts'

/** Stack heights of the rate columns, m. Some pollutants start at 25 m. */
const HEIGHTS = [15, 20, 30, 40, 50, 60, 70, 80, 90, 100] as const
const FROM_25 = [25, 30, 40, 50, 60, 70, 80] as const

/** Permitted emission rates of one pollutant by stack height. */
export interface RateRow {
  readonly factor: string
  readonly standard: 'GB 16297-1996'
  readonly table: '表1' | '表2'
  /** Group of the table; absent = the general row. */
  readonly category?: string
  /** Heights, m, ascending. */
  readonly heights: readonly number[]
  /** kg/h at each height, [grade 2, grade 3]. */
  readonly rates: readonly (readonly [number, number])[]
}

/** Written as in the table: "grade 2/grade 3" from the lowest height on. */
function rate(
  table: '表1' | '表2',
  name: AirFactor,
  written: string,
  options: { readonly category?: string; readonly scale?: number; readonly from25?: true } = {},
): RateRow {
  const { category, scale = 1, from25 } = options
  const rates = written.split(' ').map((cell) => {
    const [two = '', three = ''] = cell.split('/')
    return [Number(two) * scale, Number(three) * scale] as const
  })
  const heights = (from25 === true ? FROM_25 : HEIGHTS).slice(0, rates.length)
  const row = { factor: airFactors[name], standard: 'GB 16297-1996', table, heights, rates } as const
  return category === undefined ? row : { ...row, category }
}

const QUARTZ = '玻璃棉尘、石英粉尘、矿渣棉尘'
const CARBON = '炭黑尘、染料尘'
const THOUSANDTHS = { scale: 1e-3 }

/** GB 16297-1996 tables 1 and 2, highest permitted emission rate (kg/h) of grades 2 and 3. */
export const rateLimits: readonly RateRow[] = [
  rate('表2', 'so2', '2.6/3.5 4.3/6.6 15/22 25/38 39/58 55/83 77/120 110/160 130/200 170/270'),
  rate('表2', 'nox', '0.77/1.2 1.3/2.0 4.4/6.6 7.5/11 12/18 16/25 23/35 31/47 40/61 52/78'),
  rate('表2', 'pm', '3.5/5.0 5.9/8.5 23/34 39/59 60/94 85/130'),
  rate('表2', 'pm', '1.9/2.6 3.1/4.5 12/18 21/31', { category: QUARTZ }),
  rate('表2', 'pm', '0.51/0.74 0.85/1.3 3.4/5.0 5.8/8.5', { category: CARBON }),
  rate('表2', 'hcl', '0.26/0.39 0.43/0.65 1.4/2.2 2.6/3.8 3.8/5.9 5.4/8.3 7.7/12 10/16'),
  rate('表2', 'h2so4', '1.5/2.4 2.6/3.9 8.8/13 15/23 23/35 33/50 46/70 63/95'),
  rate('表2', 'chromic', '.008/.012 .013/.020 .043/.066 .076/.12 .12/.18 .16/.25'),
  rate('表2', 'fluoride', '.10/.15 .17/.26 .59/.88 1.0/1.5 1.5/2.3 2.2/3.3 3.1/4.7 4.2/6.3'),
  rate('表2', 'chlorine', '.52/.78 .87/1.3 2.9/4.4 5.0/7.6 7.7/12 11/17 15/23', { from25: true }),
  rate(
    '表2',
    'pb',
    '.004/.006 .006/.009 .027/.041 .047/.071 .072/.11 .10/.15 .15/.22 .20/.30 .26/.40 .33/.51',
  ),
  rate('表2', 'hg', '1.5/2.4 2.6/3.9 7.8/13 15/23 23/35 33/50', THOUSANDTHS),
  rate('表2', 'cd', '.050/.080 .090/.13 .29/.44 .50/.77 .77/1.2 1.1/1.7 1.5/2.3 2.1/3.2'),
  rate('表2', 'be', '1.1/1.7 1.8/2.8 6.2/9.4 11/16 16/25 23/35 33/50 44/67', THOUSANDTHS),
  rate('表2', 'ni', '.15/.24 .26/.34 .88/1.3 1.5/2.3 2.3/3.5 3.3/5.0 4.6/7.0 6.3/10'),
  rate('表2', 'sn', '.31/.47 .52/.79 1.8/2.7 3.0/4.6 4.6/7.0 6.6/10 9.3/14 13/19'),
  rate('表2', 'benzene', '.50/.80 .90/1.3 2.9/4.4 5.6/7.6'),
  rate('表2', 'toluene', '3.1/4.7 5.2/7.9 18/27 30/46'),
  rate('表2', 'xylene', '1.0/1.5 1.7/2.6 5.9/8.8 10/15'),
  rate('表2', 'phenols', '.10/.15 .17/.26 .58/.88 1.0/1.5 1.5/2.3 2.2/3.3'),
  rate('表2', 'formaldehyde', '.26/.39 .43/.65 1.4/2.2 2.6/3.8 3.8/5.9 5.4/8.3'),
  rate('表2', 'acetaldehyde', '.050/.080 .090/.13 .29/.44 .50/.77 .77/1.2 1.1/1.6'),
  rate('表2', 'acrylonitrile', '.77/1.2 1.3/2.0 4.4/6.6 7.5/11 12/18 16/25'),
  rate('表2', 'acrolein', '.52/.78 .87/1.3 2.9/4.4 5.0/7.6 7.7/12 11/17'),
  rate('表2', 'hcn', '.15/.24 .26/.39 .88/1.3 1.5/2.3 2.3/3.5 3.3/5.0 4.6/7.0', { from25: true }),
  rate('表2', 'methanol', '5.1/7.8 8.6/13 29/44 50/70 77/120 100/170'),
  rate('表2', 'anilines', '.52/.78 .87/1.3 2.9/4.4 5.0/7.6 7.7/12 11/17'),
  rate('表2', 'chlorobenzenes', '.52/.78 .87/1.3 2.5/3.8 4.3/6.5 6.6/9.9 9.3/14 13/20 18/27 23/35 29/44'),
  rate('表2', 'nitrobenzenes', '.050/.080 .090/.13 .29/.44 .50/.77 .77/1.2 1.1/1.7'),
  rate('表2', 'vinylChloride', '.77/1.2 1.3/2.0 4.4/6.6 7.5/11 12/18 16/25'),
  rate('表2', 'bap', '.050/.080 .085/.13 .29/.43 .50/.76 .77/1.2 1.1/1.7', THOUSANDTHS),
  rate('表2', 'phosgene', '.10/.15 .17/.26 .59/.88 1.0/1.5', { from25: true }),
  rate('表2', 'asphalt', '.18/.27 .30/.45 1.3/2.0 2.3/3.5 3.6/5.4 5.6/7.5 7.4/11 10/15'),
  rate('表2', 'asbestos', '.55/.83 .93/1.4 3.6/5.4 6.2/9.3 9.4/14'),
  rate('表2', 'nmhc', '10/16 17/27 53/83 100/150'),
  rate('表1', 'so2', '3.0/4.1 5.1/7.7 17/26 30/45 45/69 64/98 91/140 120/190 160/240 200/310'),
  rate('表1', 'nox', '.91/1.4 1.5/2.3 5.1/7.7 8.9/14 14/21 19/29 27/41 37/56 47/72 61/92'),
  rate('表1', 'pm', '4.1/5.9 6.9/10 27/40 46/69 70/110 100/150'),
  rate('表1', 'pm', '2.2/3.1 3.7/5.3 14/21 25/37', { category: QUARTZ }),
  rate('表1', 'pm', '.60/.87 1.0/1.5 4.0/5.9 6.8/10', { category: CARBON }),
]
