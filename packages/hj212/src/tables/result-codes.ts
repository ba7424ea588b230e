/** Result codes, data marks and states. */
export interface CodeRow<T extends string | number> {
  readonly code: T
  readonly zh: string
  readonly en: string
  readonly in2005: boolean
}

const row = <T extends string | number>(code: T, zh: string, en: string, in2005: boolean): CodeRow<T> => ({
  code,
  zh,
  en,
  in2005,
})

/** QnRtn, answer to a request (9011): HJ 212-2017 table 7. 2005 knew 1, 2 and 3. */
export const requestResults: readonly CodeRow<number>[] = [
  row(1, '准备执行请求', 'ready', true),
  row(2, '请求被拒绝', 'refused', true),
  row(3, 'PW错误', 'PW error', true),
  row(4, 'MN错误', 'MN error', false),
  row(5, 'ST错误', 'ST error', false),
  row(6, 'Flag错误', 'Flag error', false),
  row(7, 'QN错误', 'QN error', false),
  row(8, 'CN错误', 'CN error', false),
  row(9, 'CRC校验错误', 'CRC error', false),
  row(100, '未知错误', 'unknown error', false),
]

/** ExeRtn, result of an execution (9012): HJ 212-2017 table 6. 2005 knew 1, 2 and 100. */
export const executionResults: readonly CodeRow<number>[] = [
  row(1, '执行成功', 'success', true),
  row(2, '执行失败，但不知道原因', 'failed, reason unknown', true),
  row(3, '命令请求条件错误', 'wrong condition in the request', false),
  row(4, '通讯超时', 'communication time-out', false),
  row(5, '系统繁忙不能执行', 'busy', false),
  row(6, '系统故障', 'system fault', false),
  row(100, '没有数据', 'no data', true),
]

export interface DataMarkRow extends CodeRow<string> {
  /** `valid` counts; `invalid` does not; `suspect` is kept and looked at; `missing` was never measured. */
  readonly use: 'valid' | 'invalid' | 'suspect' | 'set-by-hand' | 'missing'
}

/** Data marks `code-Flag`: HJ 212-2017 table 8. An unknown mark is not N; its text is kept. */
export const dataMarks: readonly DataMarkRow[] = [
  { ...row('N', '在线监控（监测）仪器仪表工作正常', 'normal', true), use: 'valid' },
  { ...row('F', '在线监控（监测）仪器仪表停运', 'instrument stopped', true), use: 'invalid' },
  {
    ...row('M', '在线监控（监测）仪器仪表处于维护期间产生的数据', 'under maintenance', true),
    use: 'invalid',
  },
  { ...row('S', '手工输入的设定值', 'set by hand', true), use: 'set-by-hand' },
  { ...row('D', '在线监控（监测）仪器仪表故障', 'instrument fault', true), use: 'invalid' },
  { ...row('C', '在线监控（监测）仪器仪表处于校准状态', 'calibrating', true), use: 'invalid' },
  {
    ...row('T', '在线监控（监测）仪器仪表采样数值超过测量上限', 'above the upper range', true),
    use: 'suspect',
  },
  {
    ...row('B', '在线监控（监测）仪器仪表与数采仪通讯异常', 'no communication with the logger', false),
    use: 'missing',
  },
]

const useOfMark = new Map(dataMarks.map((mark) => [mark.code, mark.use]))

/** What a value with this mark counts for; an unknown or empty mark is not N: undefined. */
export function markUse(mark: string): DataMarkRow['use'] | undefined {
  return useOfMark.get(mark)
}

/** Facility state SBxxx-RS: HJ 212-2017 table 4. */
export const facilityStates: readonly CodeRow<number>[] = [
  row(0, '关闭', 'off', false),
  row(1, '运行', 'running', false),
  row(2, '校准', 'calibration', false),
  row(3, '维护', 'maintenance', false),
  row(4, '报警', 'alarm', false),
  row(5, '反吹', 'blow-back', false),
]
