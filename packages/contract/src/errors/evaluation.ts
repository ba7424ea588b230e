/** Figures and evaluators. */
import type { ErrorEntry } from './entry.ts'

export const evaluationErrors = {
  'figure.unknown': {
    status: 404,
    title: '没有这个数据项',
    en: 'No such figure',
    advice: '数据项可能不在您的数据范围内；从空气质量页面重新打开。',
  },
  'figure.day-outside': {
    status: 422,
    title: '日期不在数据项的时段内',
    en: 'The day is outside the period of the figure',
    advice: '时段见 detail；请选时段内的日期。',
  },
  'figure.record-unknown': {
    status: 404,
    title: '没有这条原始记录',
    en: 'No such raw record',
    advice: '核对记录号；记录号由小时值给出。',
  },
  'air.city-unknown': {
    status: 404,
    title: '没有可评价的城市',
    en: 'No city to evaluate',
    advice: '先在对象台账中登记城市（air-city）及其评价点位。',
  },
  'air.period-invalid': {
    status: 422,
    title: '时段不正确',
    en: 'The period is not valid',
    advice: '起始日期不晚于截止日期，截止日期不晚于昨天，时段不超过三年。',
  },
  'air.stations-invalid': {
    status: 422,
    title: '所选站点不属于该城市的评价点位',
    en: 'A chosen station is not an assessment station of the city',
    advice: '只能在该城市的评价点位中选择；清洁对照点等不参加评价。',
  },
  'evaluator.unknown': {
    status: 404,
    title: '没有这个评价方法',
    en: 'No such evaluator',
    advice: '评价方法见 /api/v1/evaluators。',
  },
  'evaluator.edition-unknown': {
    status: 422,
    title: '该评价方法没有这个版本',
    en: 'The evaluator has no such edition',
    advice: '可用的版本见评价方法的 editions。',
  },
  'evaluator.too-many': {
    status: 413,
    title: '一次提交的输入过多',
    en: 'Too many inputs in one request',
    advice: '每次至多 10000 条；更多的用命令行 shanshui evaluate。',
  },
} as const satisfies Record<string, ErrorEntry>
