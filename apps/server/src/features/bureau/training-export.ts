/** The register of training and drills as a file. */
import { type Training, trainingKinds, trainingThemes } from '@shanshui/contract'
import { type TableCell, type TableFormat, tableFile } from '../../platform/table-file.ts'

const heads = [
  '日期',
  '类别',
  '内容',
  '名称',
  '学时',
  '人次',
  '主办单位',
  '授课人或总指挥',
  '地点',
  '演练发现问题',
]

const cells = (one: Training): TableCell[] => [
  one.heldOn,
  trainingKinds[one.kind].zh,
  trainingThemes[one.theme].zh,
  one.title,
  one.hours,
  one.attendees,
  one.organization.name,
  one.teacher,
  one.place,
  (one.drill?.problems ?? []).map((problem) => problem.text).join('；'),
]

export const trainingsFile = (format: TableFormat, trainings: readonly Training[]): Promise<Buffer> =>
  tableFile(format, '培训与演练', heads, trainings.map(cells))
