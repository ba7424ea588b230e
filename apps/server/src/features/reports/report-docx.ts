import type { Report } from '@shanshui/contract'
import {
  AlignmentType,
  LineRuleType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import { fonts, indentTwo, linePitch, mm, officialFile, size } from '../../platform/official/index.ts'

const line = { line: linePitch, lineRule: LineRuleType.EXACT, before: 0, after: 0 } as const

/** The report as DOCX in the layout of GB/T 9704-2012, with the table of what each figure stands on. */
export async function reportDocx(
  report: Report,
  about: { organization: string; date: string },
): Promise<Buffer> {
  const description = report.digest === null ? '草稿' : `定稿摘要 ${report.digest}`
  return officialFile({ title: report.title, creator: about.organization, description }, [
    ...titleOf(report),
    ...bodyOf(report),
    ...signature(report, about),
    ...appendix(report),
  ])
}

function titleOf(report: Report): Paragraph[] {
  const draft = report.status === 'draft' ? '（草稿）' : ''
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { ...line, line: 700 },
      children: [new TextRun({ text: `${report.title}${draft}`, font: fonts.title, size: size.second })],
    }),
    new Paragraph({ spacing: line, children: [] }),
  ]
}

const headingFont = { 1: fonts.first, 2: fonts.second, 3: fonts.body } as const

function bodyOf(report: Report): Paragraph[] {
  return report.paragraphs.flatMap(({ heading, sentences }) => {
    const text = sentences.flatMap((s) => s.parts.map((part) => part.text)).join('')
    const body = bodyParagraph([new TextRun({ text, font: fonts.body, size: size.third })])
    if (heading === null) return [body]
    const font = headingFont[heading.level as 1 | 2 | 3] ?? fonts.body
    const weight = heading.level === 3 ? { bold: true } : {}
    return [bodyParagraph([new TextRun({ text: heading.text, font, size: size.third, ...weight })]), body]
  })
}

const bodyParagraph = (children: TextRun[]): Paragraph =>
  new Paragraph({ alignment: AlignmentType.BOTH, spacing: line, indent: { firstLine: indentTwo }, children })

/** 7.3.5: the signature stands right, four characters in; the date below it. */
function signature(report: Report, about: { organization: string; date: string }): Paragraph[] {
  const right = (text: string) =>
    new Paragraph({
      alignment: AlignmentType.RIGHT,
      spacing: line,
      indent: { right: 4 * (size.third / 2) * 20 },
      children: [new TextRun({ text, font: fonts.body, size: size.third })],
    })
  const digest =
    report.digest === null
      ? []
      : [
          bodyParagraph([
            new TextRun({ text: `定稿摘要：${report.digest}`, font: fonts.body, size: size.fifth }),
          ]),
        ]
  return [
    new Paragraph({ spacing: line, children: [] }),
    right(about.organization),
    right(about.date),
    ...digest,
  ]
}

const columns = [
  { title: '序号', mm: 11 },
  { title: '数据项', mm: 51 },
  { title: '数值', mm: 17 },
  { title: '依据标准', mm: 39 },
  { title: '日值数', mm: 14 },
  { title: '数据摘要', mm: 24 },
] as const

/** 附：数据依据表 — on a page of its own, one row a figure. */
function appendix(report: Report): (Paragraph | Table)[] {
  const heading = (text: string, font: typeof fonts.first, pageBreakBefore: boolean) =>
    new Paragraph({
      pageBreakBefore,
      spacing: line,
      children: [new TextRun({ text, font, size: size.third })],
    })
  const rows = report.basis.map((b, i) => [
    String(i + 1),
    b.title,
    b.text,
    `${b.standard}（${b.edition}）`,
    String(b.inputs),
    b.digest.slice(0, 16),
  ])
  return [
    heading('附件', fonts.first, true),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { ...line, line: 700 },
      children: [new TextRun({ text: '数据依据表', font: fonts.title, size: size.second })],
    }),
    new Table({
      layout: TableLayoutType.FIXED,
      width: { size: mm(156), type: WidthType.DXA },
      columnWidths: columns.map((c) => mm(c.mm)),
      rows: [
        tableRow(
          columns.map((c) => c.title),
          true,
        ),
        ...rows.map((cells) => tableRow(cells, false)),
      ],
    }),
    bodyParagraph([
      new TextRun({
        text: '数据摘要为所用日值的 SHA-256 前 16 位，全文可在平台数据项中核对。',
        font: fonts.body,
        size: size.fifth,
      }),
    ]),
  ]
}

function tableRow(cells: readonly string[], head: boolean): TableRow {
  return new TableRow({
    tableHeader: head,
    cantSplit: true,
    children: cells.map(
      (text, i) =>
        new TableCell({
          width: { size: mm(columns[i]?.mm ?? 20), type: WidthType.DXA },
          verticalAlign: VerticalAlignTable.CENTER,
          margins: { left: 60, right: 60, top: 30, bottom: 30 },
          children: [
            new Paragraph({
              alignment: head
                ? AlignmentType.CENTER
                : [0, 2, 4].includes(i)
                  ? AlignmentType.RIGHT
                  : AlignmentType.LEFT,
              children: [new TextRun({ text, font: head ? fonts.first : fonts.body, size: size.fifth })],
            }),
          ],
        }),
    ),
  })
}
