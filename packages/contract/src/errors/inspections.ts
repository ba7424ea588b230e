/** Draws, plans, tasks on site. */
import type { ErrorEntry } from './entry.ts'

export const inspectionsErrors = {
  'inspection.inspector-unknown': {
    status: 404,
    title: '没有这名执法人员',
    en: 'No such inspector',
    advice: '先在执法人员中登记其执法证件。',
  },
  'inspection.changed-meanwhile': {
    status: 412,
    title: '内容已被他人修改',
    en: 'Somebody else changed it first',
    advice: '刷新后在最新内容上修改。',
  },
  'inspection.setting-unknown': {
    status: 404,
    title: '没有这个参数',
    en: 'No such setting',
    advice: '参数清单见执法检查的设置。',
  },
  'inspection.unit-unknown': {
    status: 404,
    title: '对象库中没有这家单位',
    en: 'The unit is not in the pool',
    advice: '先重建对象库，或核对辖区。',
  },
  'inspection.draw-unknown': {
    status: 404,
    title: '没有这次抽取',
    en: 'No such draw',
    advice: '刷新抽取记录。',
  },
  'inspection.draw-state': {
    status: 409,
    title: '当前状态不允许这样做',
    en: 'The draw is not in that state',
    advice: '抽取后先锁定，再公开；锁定后不能改动。',
  },
  'inspection.pool-empty': {
    status: 422,
    title: '对象库为空，或持证执法人员不足两人',
    en: 'The pool is empty, or there are fewer than two officers',
    advice: '先重建对象库，并登记在岗持证的执法人员。',
  },
  'inspection.plan-unknown': {
    status: 404,
    title: '没有这份计划',
    en: 'No such plan',
    advice: '刷新计划列表。',
  },
  'inspection.plan-state': {
    status: 409,
    title: '计划当前不能这样处理',
    en: 'The plan is not in that state',
    advice: '只有已算出的草案可以调整、下达或撤回。',
  },
  'inspection.plan-empty': {
    status: 422,
    title: '没有可排的人或没有工作日',
    en: 'Nobody or no working day to plan',
    advice: '登记在岗执法人员及其证件有效期，或改选日期。',
  },
  'inspection.period-invalid': {
    status: 422,
    title: '日期范围不正确',
    en: 'The period is not right',
    advice: '止日不早于起日，且不超过 31 天。',
  },
  'inspection.change-infeasible': {
    status: 422,
    title: '这样调整不可行',
    en: 'The change is not feasible',
    advice: '按 detail 说明换一天、换人或腾出时间。',
  },
  'inspection.task-unknown': {
    status: 404,
    title: '没有这项检查任务',
    en: 'No such task',
    advice: '刷新任务列表。',
  },
  'inspection.blocked': {
    status: 409,
    title: '无事不扰：现在不能安排对该单位的检查',
    en: 'The unit is not to be disturbed now',
    advice: '按 detail 核对频次上限与正面清单；属于例外的，写明例外情形。',
  },
  'inspection.officers-invalid': {
    status: 422,
    title: '检查人员不符合要求',
    en: 'The officers do not meet the requirements',
    advice: '不少于两名持有效执法证件的在岗人员，应当回避的除外。',
  },
  'inspection.finding-unknown': {
    status: 404,
    title: '没有这条非现场发现',
    en: 'No such finding',
    advice: '刷新非现场发现列表。',
  },
  'inspection.finding-state': {
    status: 409,
    title: '非现场发现当前不能这样处理',
    en: 'The finding is not in that state',
    advice: '依次核实、听取企业说明、处理。',
  },
  'inspection.finding-nothing': {
    status: 422,
    title: '该项没有异常，不能登记为发现',
    en: 'The item is not abnormal',
    advice: '重新核查后，只登记结论为异常的项。',
  },
  'inspection.item-unknown': {
    status: 404,
    title: '没有这个检查项',
    en: 'No such item',
    advice: '检查项见检查单。',
  },
  'inspection.conflict-unknown': {
    status: 404,
    title: '没有这处冲突',
    en: 'No such conflict',
    advice: '刷新任务；可能已有人处理。',
  },
  'inspection.pack-too-large': {
    status: 413,
    title: '现场包超过 5 MB',
    en: 'The field parcel is larger than 5 MB',
    advice: '缩短日期范围后再取。',
  },
  'field.payload-invalid': {
    status: 422,
    title: '现场操作内容不完整',
    en: 'The operation is not complete',
    advice: '按 detail 补全后重新提交为新的操作。',
  },
  'field.task-not-yours': {
    status: 403,
    title: '该任务不由您执行',
    en: 'The task is not yours',
    advice: '请任务的检查人员上传，或由负责人改派。',
  },
  'field.task-closed': {
    status: 409,
    title: '该任务的现场记录已经结束',
    en: 'The field record has been closed',
    advice: '操作原文已留存；需要补正的，请负责人处理。',
  },
} as const satisfies Record<string, ErrorEntry>
