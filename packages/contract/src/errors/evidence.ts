/** Evidence and uploads. */
import type { ErrorEntry } from './entry.ts'

export const evidenceErrors = {
  'evidence.unknown': {
    status: 404,
    title: '没有这份证据材料',
    en: 'No such evidence',
    advice: '刷新证据列表；不在您数据范围内的材料不显示。',
  },
  'evidence.subject-unknown': {
    status: 404,
    title: '没有证据所属的对象',
    en: 'No such object for the evidence',
    advice: '刷新页面后重试；不在您数据范围内的对象不能添加证据。',
  },
  'evidence.subject-closed': {
    status: 409,
    title: '该对象现在不能增减证据',
    en: 'Evidence of this object cannot be changed now',
    advice: '已办结的事项不再增减证据；确需补充时先按流程重新打开。',
  },
  'evidence.too-large': {
    status: 413,
    title: '文件超过上限',
    en: 'The file is larger than the stated limit',
    advice: '压缩视频或分段上传，或由管理员调高 evidenceLimitMb。',
  },
  'evidence.type-refused': {
    status: 415,
    title: '不接收这种文件',
    en: 'Files of this type are not taken',
    advice:
      '接收 JPEG、PNG、WebP、HEIC、MP4、MOV、WebM、MP3、M4A、WAV、OGG、PDF、DOCX、XLSX、TXT、CSV；压缩包请先解开。',
  },
  'evidence.hash-differs': {
    status: 422,
    title: '收到的文件与声明的哈希不符',
    en: 'The received file does not have the claimed hash',
    advice: '文件在传输或读取中改变，请重新上传。',
  },
  'evidence.upload-unknown': {
    status: 404,
    title: '没有这次上传',
    en: 'No such upload',
    advice: '上传已过期或已放弃，请重新开始。',
  },
  'evidence.offset-differs': {
    status: 409,
    title: '上传位置不符',
    en: 'The piece does not start where the last one ended',
    advice: '从 offset 给出的位置继续上传。',
  },
  'evidence.uploads-too-many': {
    status: 429,
    title: '未完成的上传过多',
    en: 'Too many unfinished uploads',
    advice: '先完成或放弃已开始的上传。',
  },
  'evidence.withdrawn': {
    status: 409,
    title: '该证据材料已撤回',
    en: 'The evidence has been withdrawn already',
    advice: '刷新证据列表。',
  },
  'evidence.quarantined': {
    status: 403,
    title: '该文件已隔离或等待病毒查杀',
    en: 'The file is quarantined or waits for the scan',
    advice: '等待查杀完成；发现病毒的文件请联系管理员并重新提供。',
  },
  'evidence.no-thumbnail': {
    status: 404,
    title: '该文件没有缩略图',
    en: 'The file has no thumbnail',
    advice: '打开原件查看。',
  },
  'evidence.store-unavailable': {
    status: 503,
    title: '证据存储暂时不可用',
    en: 'The store of evidence does not answer',
    advice: '稍后继续上传，已收妥的部分不用重传；持续出现时请管理员检查存储。',
  },
  'evidence.setting-invalid': {
    status: 422,
    title: '设定值超出范围',
    en: 'The value of the setting is out of range',
    advice: '按提示的范围填写。',
  },
  'evidence.setting-unknown': {
    status: 404,
    title: '没有这个设定值',
    en: 'No such setting',
    advice: '刷新设定值列表。',
  },
} as const satisfies Record<string, ErrorEntry>
