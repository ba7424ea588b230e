/** An official document as a page for A4 paper: the same contents and measures as the DOCX (GB/T 9704-2012). */
import { type Block, type FormRow, type OfficialDocument, type Picture, unknownNumber } from './document.ts'

const escaped = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
/** A run of ＿ becomes an underlined space. */
const rich = (text: string) => escaped(text).replace(/＿+/g, (run) => `<u>${'　'.repeat(run.length)}</u>`)
const lines = (text: string) => text.split('\n').map(rich).join('<br>')

const titleFonts = "'方正小标宋简体','FZXiaoBiaoSong-B05S','STZhongsong','Noto Serif CJK SC','SimSun',serif"
const bodyFonts = "'仿宋_GB2312','FangSong_GB2312','FangSong','STFangsong','Noto Serif CJK SC',serif"
const firstFonts = "'黑体','SimHei','STHeiti','Noto Sans CJK SC',sans-serif"
const secondFonts = "'楷体_GB2312','KaiTi_GB2312','KaiTi','STKaiti','Noto Serif CJK SC',serif"

const style = `
@page{size:A4;margin:37mm 26mm 35mm 28mm}
@page :right{@bottom-right{content:"— " counter(page) " —";font:14pt 'SimSun',serif;padding-right:14pt}}
@page :left{@bottom-left{content:"— " counter(page) " —";font:14pt 'SimSun',serif;padding-left:14pt}}
*{box-sizing:border-box}
body{margin:0 auto;width:156mm;padding:12mm 0;color:#000;background:#fff;font:16pt/28.95pt ${bodyFonts};overflow-wrap:anywhere}
@media print{body{width:auto;padding:0}.screen{display:none}}
@media screen and (max-width:640px){body{width:auto;padding:12px;font-size:16px;line-height:1.8}table{font-size:14px}}
.screen{margin:0 0 8mm;padding:2mm 3mm;border:1px solid #b8c2cc;font:10.5pt/1.5 ${firstFonts};color:#52606d}
.letterhead{margin:0 0 4mm;text-align:center;color:#e60012;font:28pt/1.5 ${titleFonts}}
.number{margin:0 0 8mm;padding-bottom:2mm;text-align:center;min-height:1em}
.ruled{border-bottom:1.5pt solid #e60012}
h1{margin:0 0 6mm;text-align:center;font:22pt/35pt ${titleFonts};font-weight:normal}
h2,h3{margin:0;text-indent:2em;font-size:16pt;font-weight:normal;break-after:avoid}
h2{font-family:${firstFonts}}h3{font-family:${secondFonts}}
p{margin:0;text-align:justify;text-indent:2em}
p:has(u){text-align:left}
p.plain,p.small,p.recipient,p.letterhead,p.number,p.body-name{text-indent:0}
.body-name{text-align:center;font:22pt/35pt ${titleFonts}}
.small{margin-top:3mm;font-size:10.5pt;line-height:1.5}
u{text-decoration:underline;white-space:pre}
table{width:calc(100% - 1pt);margin:2mm 0 3mm;border-collapse:collapse;font-size:14pt;line-height:1.5}
table.list{font-size:12pt}
th,td{padding:1mm 1.6mm;border:.75pt solid #000;text-align:left;vertical-align:middle;font-weight:normal}
table.form th{width:30mm;text-align:center}
table.list th{text-align:center;font-family:${firstFonts}}
tr{break-inside:avoid}
td.number-cell{text-align:right}
.sign{text-align:right}
.seal{break-inside:avoid;margin-top:12mm;text-align:right;text-indent:0;padding-right:4em}
.seal span{display:inline-block;text-align:center}
.pictures{break-before:page}
figure{margin:4mm 0;text-align:center;break-inside:avoid}
figure img{max-width:148mm;max-height:100mm}
figcaption{font-size:10.5pt;line-height:1.5;overflow-wrap:anywhere}
`

export function officialHtml(document: OfficialDocument): string {
  const { letterhead, number, recipient } = document
  return [
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${escaped(document.title)}</title><style>${style}</style></head><body>`,
    `<p class="screen">${escaped(document.origin)}用浏览器的“打印”输出 A4 纸。</p>`,
    ...headOf(letterhead, number),
    `<h1>${escaped(document.title)}</h1>`,
    recipient === undefined ? '' : `<p class="recipient">${rich(recipient)}：</p>`,
    ...document.blocks.map(blockOf),
    '</body></html>',
  ].join('\n')
}

function headOf(letterhead: string | null, number: string | null | undefined): string[] {
  if (number === undefined)
    return letterhead === null ? [] : [`<p class="body-name">${escaped(letterhead)}</p>`]
  const mark = letterhead === null ? [] : [`<p class="letterhead">${escaped(letterhead)}</p>`]
  const rule = letterhead === null ? '' : ' ruled'
  return [...mark, `<p class="number${rule}">${escaped(number ?? unknownNumber)}</p>`]
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return block.text
        .split('\n')
        .map((text) => `<p${block.plain === true ? ' class="plain"' : ''}>${rich(text)}</p>`)
        .join('\n')
    case 'heading':
      return block.level === 1 ? `<h2>${rich(block.text)}</h2>` : `<h3>${rich(block.text)}</h3>`
    case 'form':
      return `<table class="form"><tbody>${block.rows.map(formRow).join('')}</tbody></table>`
    case 'table':
      return tableOf(block)
    case 'signatures':
      return block.lines.map((text) => `<p class="plain">${rich(text)}</p>`).join('\n')
    case 'seal':
      return `<p class="seal"><span>${rich(block.organization)}<br>${rich(block.date)}</span></p>`
    case 'pictures':
      return block.items.length === 0
        ? ''
        : `<section class="pictures"><h2 style="text-indent:0">${escaped(block.title)}</h2>${block.items.map(pictureOf).join('')}</section>`
    case 'small':
      return `<p class="small">${rich(block.text)}</p>`
  }
}

function formRow(row: FormRow): string {
  if ('cells' in row) {
    const span = row.cells.length === 1 ? ' colspan="3"' : ''
    const cells = row.cells.map(
      ({ label, value }) => `<th scope="row">${lines(label)}</th><td${span}>${lines(value)}</td>`,
    )
    return `<tr>${cells.join('')}</tr>`
  }
  const height = `${(row.lines * 7.4).toFixed(1)}mm`
  const sign = row.sign === undefined ? '' : `<div class="sign">${rich(row.sign)}</div>`
  return `<tr><th scope="row">${lines(row.label)}</th><td colspan="3"><div style="min-height:${height}">${lines(row.text)}</div>${sign}</td></tr>`
}

function tableOf(block: Extract<Block, { kind: 'table' }>): string {
  const shares = block.columns.reduce((sum, column) => sum + column.share, 0)
  const columns = block.columns
    .map((column) => `<col style="width:${((100 * column.share) / shares).toFixed(1)}%">`)
    .join('')
  const head = block.columns.map((column) => `<th scope="col">${lines(column.title)}</th>`).join('')
  const body = block.rows
    .map(
      (cells) =>
        `<tr>${block.columns
          .map(
            (column, i) =>
              `<td${column.number === true ? ' class="number-cell"' : ''}>${lines(cells[i] ?? '')}</td>`,
          )
          .join('')}</tr>`,
    )
    .join('')
  return `<table class="list"><colgroup>${columns}</colgroup><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`
}

function pictureOf({ caption, sha256, jpeg }: Picture, index: number): string {
  const image =
    jpeg === null
      ? ''
      : `<img alt="${escaped(caption)}" width="${jpeg.width}" height="${jpeg.height}" style="height:auto" src="data:image/jpeg;base64,${jpeg.bytes.toString('base64')}">`
  return `<figure>${image}<figcaption>${index + 1}. ${escaped(caption)}<br>SHA-256：${escaped(sha256)}</figcaption></figure>`
}
