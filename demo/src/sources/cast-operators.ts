/** Companies that look after the monitoring stations (运维单位). All invented. */
export const operators = {
  qingyuan: '祁川清源环境运维有限公司',
  lance: '祁川蓝测环境技术有限公司',
  yunsu: '祁川云溯监测技术有限公司',
  hengzhun: '祁川恒准环境科技有限公司',
  beiling: '祁川北岭仪器维护有限公司',
} as const

/** Makers and models of the stations, invented like everything else. */
export const instruments = {
  air: [
    ['SL-3000 烟气连续监测系统', '山岚仪器（虚构）'],
    ['QY-CEMS200 烟气连续监测系统', '清曜分析仪器（虚构）'],
    ['HC-8200 烟气连续监测系统', '恒测科学仪器（虚构）'],
  ],
  water: [
    ['SL-W500 水质在线监测系统', '山岚仪器（虚构）'],
    ['YL-COD90 水质在线监测系统', '源澜仪器（虚构）'],
  ],
} as const satisfies Record<'air' | 'water', readonly (readonly [model: string, maker: string])[]>
