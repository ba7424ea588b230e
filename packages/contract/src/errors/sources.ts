/** Outlets: marks, exceedances, maintenance. */
import type { ErrorEntry } from './entry.ts'

export const sourcesErrors = {
  'source.outlet-unknown': {
    status: 404,
    title: '没有这个排放口',
    en: 'No such outlet',
    advice: '排放口编号见污染源的排放口清单；企业用户只能看本企业的排放口。',
  },
  'source.range-invalid': {
    status: 422,
    title: '时段不正确',
    en: 'The range is not valid',
    advice: '起始早于截止，写日期或带时区的时刻；小时值一次至多 92 日。',
  },
  'source.hour-unknown': {
    status: 404,
    title: '该小时没有计算结果',
    en: 'The hour has not been evaluated',
    advice: '核对小时与因子；刚收到的数据在一分钟内算出。',
  },
  'source.mark-unknown': {
    status: 404,
    title: '没有这条标记',
    en: 'No such mark',
    advice: '刷新标记清单。',
  },
  'source.mark-invalid': {
    status: 422,
    title: '标记内容不正确',
    en: 'The mark is not valid',
    advice: '起始早于截止，不早于 90 日前，截止不晚于现在之后 90 日；标记代码见标记代码表，须适用于该口。',
  },
  'source.mark-decided': {
    status: 409,
    title: '标记已审核或已撤回',
    en: 'The mark has been reviewed or withdrawn',
    advice: '刷新后查看其当前状态；需要更改时重新申报。',
  },
  'source.exceedance-unknown': {
    status: 404,
    title: '没有这次超标',
    en: 'No such exceedance',
    advice: '刷新超标清单。',
  },
  'source.exceedance-wrong-state': {
    status: 409,
    title: '当前状态不能作此决定',
    en: 'The state does not allow the decision',
    advice: '已撤销的超标不能认定；标记时限内（C 级）的超标须待时限届满。',
  },
  'source.maintenance-unknown': {
    status: 404,
    title: '没有这条运维记录',
    en: 'No such maintenance record',
    advice: '刷新运维台账。',
  },
  'source.maintenance-invalid': {
    status: 422,
    title: '运维记录不正确',
    en: 'The maintenance record is not valid',
    advice: '起始不晚于截止，不在将来；比对须给出成对数值，校准须给出漂移。',
  },
  'source.setting-unknown': {
    status: 404,
    title: '没有这个判定参数',
    en: 'No such setting',
    advice: '参数见判定参数表。',
  },
  'source.setting-invalid': {
    status: 422,
    title: '判定参数的值不正确',
    en: 'The value of the setting is not valid',
    advice: '数值须在参数允许的范围内。',
  },
} as const satisfies Record<string, ErrorEntry>
