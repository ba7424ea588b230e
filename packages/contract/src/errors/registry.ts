/** Objects of the registry. */
import type { ErrorEntry } from './entry.ts'

export const registryErrors = {
  'registry.kind-unknown': {
    status: 404,
    title: '没有这类对象',
    en: 'No such kind of feature',
    advice: '对象类型见 /api/v1/registry/kinds。',
  },
  'registry.feature-unknown': {
    status: 404,
    title: '没有这个对象',
    en: 'No such feature',
    advice: '对象可能不在您的数据范围内，或已停用。',
  },
  'registry.feature-invalid': {
    status: 422,
    title: '对象资料不符合要求',
    en: 'The feature does not fit its kind',
    advice: '按 errors 中列出的字段改正。',
  },
  'registry.code-taken': {
    status: 409,
    title: '同类对象的代码重复',
    en: 'The code is taken by another feature of this kind',
    advice: '换一个代码，或修改已有对象。',
  },
  'registry.code-merged': {
    status: 409,
    title: '该代码已并入另一个单位',
    en: 'The code was merged into another enterprise',
    advice: '按提示改用现行代码；确属两个单位时先撤销归并。',
  },
  'registry.merge-invalid': {
    status: 422,
    title: '不能这样归并',
    en: 'These enterprises cannot be merged like this',
    advice: '按 errors 中的说明处理后再归并。',
  },
  'registry.merge-unknown': {
    status: 404,
    title: '没有这次归并',
    en: 'No such merger',
    advice: '刷新归并记录。',
  },
  'registry.merge-undone': {
    status: 409,
    title: '这次归并已经撤销',
    en: 'The merger was undone already',
    advice: '刷新归并记录。',
  },
  'registry.enterprise-unknown': {
    status: 404,
    title: '没有这个排污单位',
    en: 'No such enterprise',
    advice: '单位可能不在您的数据范围内，或已并入其他单位。',
  },
  'registry.region-unknown': {
    status: 422,
    title: '没有这个行政区',
    en: 'No such region',
    advice: '行政区代码见 /api/v1/regions。',
  },
  'registry.file-unreadable': {
    status: 422,
    title: '文件读不出来',
    en: 'The file cannot be read',
    advice: '收 XLSX（第一张表，第一行为列名）和 GeoJSON FeatureCollection；模板可从导出得到。',
  },
} as const satisfies Record<string, ErrorEntry>
