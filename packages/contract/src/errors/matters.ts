/** Problems, matters, the working calendar. */
import type { ErrorEntry } from './entry.ts'

export const mattersErrors = {
  'matter.document-unknown': {
    status: 404,
    title: '该事项没有这种文书',
    en: 'The matter has no such document',
    advice: '在事项页面的“文书”中选择；有的文书只供办理单位使用。',
  },
  'matter.unknown': {
    status: 404,
    title: '没有这个事项',
    en: 'No such matter',
    advice: '事项可能不在您的数据范围内；刷新事项列表。',
  },
  'matter.workflow-unknown': {
    status: 404,
    title: '没有这种事项类型',
    en: 'No such workflow',
    advice: '事项类型见 /api/v1/workflows。',
  },
  'matter.changed-meanwhile': {
    status: 409,
    title: '事项已被他人办理',
    en: 'Somebody else changed the matter first',
    advice: '刷新后按最新状态办理；已填写的内容不会丢失。',
  },
  'matter.refused': {
    status: 409,
    title: '现在不能办理这一步',
    en: 'This step cannot be taken now',
    advice: '按 refusals 逐条补齐后再提交。',
  },
  'matter.opening-invalid': {
    status: 422,
    title: '不能这样立项',
    en: 'The matter cannot be opened like this',
    advice: '按 errors 中列出的项目改正后再立项。',
  },
  'matter.parties-invalid': {
    status: 422,
    title: '当事方不符合要求',
    en: 'The parties are not valid',
    advice: '当事方须是已登记的单位；人员须属于该单位；验收单位不得是责任单位。',
  },
  'problem.unknown': {
    status: 404,
    title: '没有这个问题',
    en: 'No such problem',
    advice: '问题可能不在您的数据范围内；刷新问题台账。',
  },
  'problem.changed-meanwhile': {
    status: 409,
    title: '问题已被他人修改',
    en: 'Somebody else changed the problem first',
    advice: '刷新后在最新内容上处理。',
  },
  'problem.merge-invalid': {
    status: 422,
    title: '不能这样归并',
    en: 'These problems cannot be merged like this',
    advice: '归并到另一个未归并的问题；先撤销已有的归并。',
  },
  'problem.cause-unknown': {
    status: 404,
    title: '没有这条根源或堵点',
    en: 'No such cause',
    advice: '刷新问题详情。',
  },
  'calendar.invalid': {
    status: 422,
    title: '工作日历不符合要求',
    en: 'The calendar is not valid',
    advice: '按 errors 中列出的日期改正：日期须在该年，放假起不晚于止，调休上班须是周末。',
  },
  'calendar.changed-meanwhile': {
    status: 409,
    title: '工作日历已被他人修改',
    en: 'Somebody else changed the calendar first',
    advice: '刷新后在最新内容上修改。',
  },
} as const satisfies Record<string, ErrorEntry>
