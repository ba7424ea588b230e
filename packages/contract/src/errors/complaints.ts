/** Complaints, and what the public sends. */
import type { ErrorEntry } from './entry.ts'

export const complaintsErrors = {
  'complaint.unknown': {
    status: 404,
    title: '没有这件信访举报',
    en: 'No such complaint',
    advice: '刷新列表；不在您辖区的信访举报不显示。',
  },
  'complaint.changed-meanwhile': {
    status: 412,
    title: '该信访举报已被他人修改',
    en: 'Somebody else changed the complaint first',
    advice: '刷新后在最新内容上办理。',
  },
  'complaint.ended': {
    status: 409,
    title: '该信访举报已经办结',
    en: 'The complaint has ended',
    advice: '已办结的不能再并案；需要重新办理时在事项上“重办”。',
  },
  'complaint.merge-refused': {
    status: 422,
    title: '这两件不能并案',
    en: 'The two complaints cannot be handled together',
    advice: '按 detail 核对：并入的应是另一件未办结、未被并案的信访举报。',
  },
  'complaint.answer-missing': {
    status: 409,
    title: '实名举报尚未全部答复，不能办结',
    en: 'A named complaint has not been answered',
    advice: '先逐件答复（并入的每一件实名举报都须告知结果），再办结。《生态环境法典》第一百四十六条。',
  },
  'complaint.number-taken': {
    status: 409,
    title: '该来源编号已经登记',
    en: 'The number of the source is registered already',
    advice: '按 detail 中的编号查看已登记的信访举报。',
  },
  'complaint.complainant-missing': {
    status: 404,
    title: '本件没有举报人信息',
    en: 'Nothing is kept of who complained',
    advice: '匿名举报不登记举报人。',
  },
  'complaint.look-refused': {
    status: 422,
    title: '您的单位不是本件的承办或交办单位，不能查看举报人信息',
    en: 'Only those who handle the matter may see who complained',
    advice: '确需核实的，请承办单位联系举报人。',
  },
  'complaint.key-missing': {
    status: 503,
    title: '举报人信息的密钥不可用',
    en: 'The key of the complainants cannot be used',
    advice: '由管理员检查数据目录中的 complainant.key；按备份恢复，不要新建。',
  },
  'complaint.file-unreadable': {
    status: 422,
    title: '工单文件读不了',
    en: 'The file of tickets cannot be read',
    advice: '用 XLSX 或 CSV；第一行为列名，见导入模板。',
  },
  'complaint.invalid': {
    status: 422,
    title: '登记内容不符合要求',
    en: 'The complaint does not hold together',
    advice: '按 detail 改正后重新提交。',
  },
  'public.closed': {
    status: 404,
    title: '网上举报没有开放',
    en: 'Complaints by the web are not open',
    advice: '请拨打 12345 举报；是否开放由管理员在配置 publicComplaints 中设定。',
  },
  'public.form-expired': {
    status: 422,
    title: '表单已过期',
    en: 'The form has expired',
    advice: '重新打开举报页面后提交；已填写的内容可以先复制保存。',
  },
  'public.form-used': {
    status: 409,
    title: '该表单已经提交过',
    en: 'The form has been handed in already',
    advice: '需要另行举报时重新打开举报页面。',
  },
  'public.too-fast': {
    status: 422,
    title: '提交过快',
    en: 'Handed in too fast',
    advice: '请核对填写内容，几秒钟后再提交。',
  },
  'public.not-accepted': {
    status: 422,
    title: '提交内容未被接收',
    en: 'Not accepted',
    advice: '请重新打开举报页面手工填写；也可以拨打 12345。',
  },
  'public.too-many': {
    status: 429,
    title: '提交次数超过上限',
    en: 'Too many complaints from here',
    advice: '请按 detail 所示时间后再试；紧急情况请拨打 12345。',
  },
  'public.name-missing': {
    status: 422,
    title: '实名举报须填写姓名和电话',
    en: 'A named complaint needs name and phone',
    advice: '补填姓名和电话，或改为匿名举报。',
  },
  'public.region-unknown': {
    status: 422,
    title: '不是本市的区县',
    en: 'Not a county of this city',
    advice: '从列表中选择事情发生的区县。',
  },
  'public.complaint-unknown': {
    status: 404,
    title: '编号或查询码不正确',
    en: 'Number or code is wrong',
    advice: '按回执逐字核对编号和查询码；遗失查询码的，请拨打 12345 查询。',
  },
  'public.photo-refused': {
    status: 422,
    title: '照片未被接收',
    en: 'The picture was not accepted',
    advice: '照片应为 JPEG 或 PNG，每张 5 MB 以内，至多 3 张，提交举报后 30 分钟内补交。',
  },
} as const satisfies Record<string, ErrorEntry>
