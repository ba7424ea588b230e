/** The record of a visit (现场检查（勘察）笔录) as an A4 page to print. */
import {
  type AnswerVerdict,
  answerVerdictTitles,
  fieldConclusionTitles,
  type InspectionTaskDetail,
  recordFieldNames,
  recordFields,
  type SignatureRole,
  signatureRoleTitles,
} from '@shanshui/contract'
import { itemNamed } from './checklists/index.ts'

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
export const html = (text: string): string => text.replaceAll(/[&<>"']/g, (c) => escapes[c] ?? c)

const printStyle = `@page{size:A4;margin:20mm 18mm}body{font:12pt/1.7 "FangSong","仿宋_GB2312",serif;color:#000;max-width:174mm;margin:0 auto}
h1{font:700 20pt "SimHei",sans-serif;text-align:center}h2{font:700 13pt "SimHei",sans-serif;margin:1em 0 .3em}
table{border-collapse:collapse;width:100%}td,th{border:1px solid #000;padding:.25em .4em;vertical-align:top;text-align:left}
.sign{display:flex;flex-wrap:wrap;gap:10mm}.sign img{height:16mm;display:block}.sheet{break-after:page}`

export const page = (title: string, body: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${html(title)}</title><style>${printStyle}</style></head><body>${body}</body></html>`

const rowOf = (name: string, value: string) =>
  `<tr><th style="width:28%">${html(name)}</th><td>${html(value)}</td></tr>`

interface Signed {
  readonly name: string
  readonly png: string
  readonly sha256: string
}

function signatures(task: InspectionTaskDetail): string {
  return task.items
    .filter((item) => item.key.startsWith('signature:'))
    .map((item) => {
      const { name, png, sha256 } = item.value as Signed
      const role = signatureRoleTitles[item.key.slice(10) as SignatureRole]?.zh ?? ''
      const later = task.items.filter(
        (other) => other.version > item.version && /^(answer|record|sample|problem):/.test(other.key),
      ).length
      const note = later > 0 ? `<br>签名之后又有 ${later} 项内容变动` : ''
      return `<div><img alt="签名" src="data:image/png;base64,${html(png)}">${html(role)}：${html(name)}<br><small>${html(item.at)}　${sha256.slice(0, 12)}${note}</small></div>`
    })
    .join('')
}

function answers(task: InspectionTaskDetail): string {
  const rows = task.items.flatMap((item) => {
    if (!item.key.startsWith('answer:')) return []
    const { verdict, note } = item.value as { verdict: AnswerVerdict; note?: string }
    const question = itemNamed(item.key.slice(7))?.question ?? item.title
    return [
      `<tr><td>${html(question)}</td><td>${html(answerVerdictTitles[verdict].zh)}</td><td>${html(note ?? '')}</td></tr>`,
    ]
  })
  if (rows.length === 0) return ''
  return `<h2>检查单</h2><table><tr><th>检查内容</th><th style="width:16%">结论</th><th>说明</th></tr>${rows.join('')}</table>`
}

/** @param digest SHA-256 of the record as it stands */
export function recordPage(task: InspectionTaskDetail, digest: string): string {
  const text = (field: string): string => {
    const item = task.items.find((one) => one.key === `record:${field}`)
    return item === undefined ? '' : String((item.value as { text: string }).text)
  }
  const officers = task.officers.map((one) => `${one.name}（${one.certificate ?? '无证件号'}）`).join('、')
  const refusal = task.items.find((one) => one.key === 'refusal')?.value as
    | { reason: string; witness: string; witnessUnit?: string }
    | undefined
  const body = `<h1>现场检查（勘察）笔录</h1><p>编号：${html(task.number)}</p><table>
${rowOf('被检查单位', task.enterprise?.name ?? task.title)}${rowOf('统一社会信用代码', task.enterprise?.code ?? '')}
${rowOf('检查人员（证件号）', officers)}${rowOf('到达时间', task.arrivedAt ?? '')}${rowOf('结束时间', task.finishedAt ?? '')}
${recordFieldNames
  .filter((field) => text(field) !== '')
  .map((field) => rowOf(recordFields[field].zh, text(field)))
  .join('')}
${rowOf('检查结论', task.conclusion === null ? '' : fieldConclusionTitles[task.conclusion].zh)}</table>
${answers(task)}
${task.problemsFound.length === 0 ? '' : `<h2>发现的问题</h2><ol>${task.problemsFound.map((one) => `<li>${html(one.title)}（${html(one.number)}）</li>`).join('')}</ol>`}
<h2>签名</h2>${refusal === undefined ? '' : `<p>被检查人拒绝签名：${html(refusal.reason)}。见证人：${html(refusal.witness)} ${html(refusal.witnessUnit ?? '')}</p>`}
<div class="sign">${signatures(task)}</div>
${task.conflicts.some((one) => one.decided === null) ? '<p>有内容两方填写不一致，尚未取舍，本页不得作为定稿。</p>' : ''}
<p><small>笔录摘要（SHA-256）：${digest}；记录版本 ${task.version}</small></p>`
  return page(`${task.number} 现场检查笔录`, body)
}
