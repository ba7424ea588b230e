/** System codes ST (系统编码): HJ 212-2017 table 5, GB/T 16706. Text, not a number: A0…Z9 are extensions. */
export interface SystemCodeRow {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly in2005: boolean
  readonly since?: '2025'
  readonly status?: 'unverified'
}

const row = (code: string, zh: string, en: string, in2005: boolean): SystemCodeRow => ({
  code,
  zh,
  en,
  in2005,
})

export const systemCodes: readonly SystemCodeRow[] = [
  row('21', '地表水质量监测', 'surface water quality', true),
  row('22', '空气质量监测', 'ambient air quality', true),
  row('23', '声环境质量监测', 'noise quality', true),
  row('24', '地下水质量监测', 'groundwater quality', false),
  row('25', '土壤质量监测', 'soil quality', false),
  row('26', '海水质量监测', 'sea water quality', false),
  row('27', '挥发性有机物监测', 'volatile organic compounds', false),
  row('31', '大气环境污染源', 'source of air pollution', true),
  row('32', '地表水体环境污染源', 'source of water pollution', true),
  row('33', '地下水体环境污染源', 'source to groundwater', true),
  row('34', '海洋环境污染源', 'source to the sea', true),
  row('35', '土壤环境污染源', 'source to soil', true),
  row('36', '声环境污染源', 'source of noise', true),
  row('37', '振动环境污染源', 'source of vibration', true),
  row('38', '放射性环境污染源', 'source of radioactivity', true),
  row('39', '工地扬尘污染源', 'construction dust', false),
  row('41', '电磁环境污染源', 'source of electromagnetic fields', true),
  { ...row('44', '用电监控', 'electricity monitoring', false), since: '2025' },
  { ...row('45', '关键生产工况', 'key production conditions', false), since: '2025', status: 'unverified' },
  row('51', '烟气排放过程监控', 'flue gas process', false),
  row('52', '污水排放过程监控', 'wastewater process', false),
  row('91', '系统交互', 'interaction', true),
]

/** System code of replies 901x. */
export const INTERACTION = '91'
