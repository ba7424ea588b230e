/** Training, drills and the bureau’s own work. */
import type { ErrorEntry } from './entry.ts'

export const bureauErrors = {
  'bureau.training-unknown': {
    status: 404,
    title: '没有这次培训或演练',
    en: 'No such training or drill',
    advice: '检查编号；可能已撤销，或不在您的行政区范围内。',
  },
  'bureau.changed-meanwhile': {
    status: 409,
    title: '内容已被他人改动',
    en: 'Somebody changed it meanwhile',
    advice: '重新打开后再改。',
  },
  'bureau.drill-report': {
    status: 422,
    title: '演练情况与类别不符',
    en: 'A drill has a report, a training has none',
    advice: '类别为演练时填写演练情况，为培训时不填。',
  },
  'bureau.training-future': {
    status: 422,
    title: '日期还没有到',
    en: 'The day is in the future',
    advice: '培训、演练举行后再登记。',
  },
  'bureau.attendee-twice': {
    status: 422,
    title: '名单中有人重复',
    en: 'Somebody is on the list twice',
    advice: '同一单位、同一姓名只留一行；确为两人时在姓名后加以区别。',
  },
  'bureau.attendance-file': {
    status: 422,
    title: '签到名单不能读取',
    en: 'The list of signatures cannot be read',
    advice: '用 XLSX 或 CSV 文件，首行为列名：单位、姓名，可有成绩、证书有效期。',
  },
} as const satisfies Record<string, ErrorEntry>
