/** An official document as DOCX in the layout of GB/T 9704-2012. */
import {
  AlignmentType,
  BorderStyle,
  ImageRun,
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
import { type Block, type FormRow, type OfficialDocument, type Picture, unknownNumber } from './document.ts'
import { officialFile } from './frame.ts'
import { fonts, indentTwo, linePitch, mm, size } from './layout.ts'

type Child = Paragraph | Table
const line = { line: linePitch, lineRule: LineRuleType.EXACT, before: 0, after: 0 } as const
const bodyWidth = mm(156)
const run = (text: string, more: { font?: typeof fonts.first; size?: number } = {}) =>
  new TextRun({ text, font: more.font ?? fonts.body, size: more.size ?? size.third })

export async function officialDocx(document: OfficialDocument): Promise<Buffer> {
  const { title, letterhead, origin } = document
  const blocks = document.blocks.flatMap(blockOf)
  return officialFile({ title, creator: letterhead ?? '', description: origin }, [
    ...headOf(document),
    ...blocks,
  ])
}

/**
 * 7.2: the mark of the issuing body red, 小标宋, centred; the number below it; a red line; then the title. A record has
 * no number: the body stands in black over its title.
 */
function headOf(document: OfficialDocument): Paragraph[] {
  const { letterhead, number, recipient } = document
  const head: Paragraph[] = []
  const centred = (children: TextRun[], spacing: object, more: object = {}) =>
    new Paragraph({ alignment: AlignmentType.CENTER, spacing: { ...line, ...spacing }, children, ...more })
  if (number === undefined) {
    if (letterhead !== null)
      head.push(centred([run(letterhead, { font: fonts.title, size: size.second })], { line: 700 }))
  } else {
    if (letterhead !== null)
      head.push(
        centred([new TextRun({ text: letterhead, font: fonts.title, size: letterheadSize, color: red })], {
          line: 900,
          after: 200,
        }),
      )
    const rule = { border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: red, space: 6 } } }
    head.push(centred([run(number ?? unknownNumber)], { after: 360 }, letterhead === null ? {} : rule))
  }
  head.push(
    centred([run(document.title, { font: fonts.title, size: size.second })], { line: 700, after: 200 }),
  )
  if (recipient !== undefined) head.push(new Paragraph({ spacing: line, children: [run(`${recipient}：`)] }))
  return head
}
const red = 'E60012'
/** 7.2.4 leaves the size to the body; smaller than 上级机关 and fitting one line of 156 mm. */
const letterheadSize = 56

function blockOf(block: Block): Child[] {
  switch (block.kind) {
    case 'paragraph':
      return block.text.split('\n').map((text) => paragraph(text, block.plain === true))
    case 'heading':
      return [
        new Paragraph({
          keepNext: true,
          spacing: line,
          indent: { firstLine: indentTwo },
          children: [run(block.text, { font: block.level === 1 ? fonts.first : fonts.second })],
        }),
      ]
    case 'form':
      return [formOf(block.rows), new Paragraph({ spacing: { ...line, line: 240 }, children: [] })]
    case 'table':
      return [tableOf(block), new Paragraph({ spacing: { ...line, line: 240 }, children: [] })]
    case 'signatures':
      return block.lines.map((text) => paragraph(text, true))
    case 'seal':
      return sealOf(block.organization, block.date)
    case 'pictures':
      return picturesOf(block.title, block.items)
    case 'small':
      return smallText(block.text)
  }
}

const paragraph = (text: string, plain: boolean): Paragraph =>
  new Paragraph({
    // Lines to write on would be pulled apart.
    // What announces a table stays with it.
    keepNext: text.endsWith('：'),
    alignment: text.includes('＿') ? AlignmentType.LEFT : AlignmentType.BOTH,
    spacing: line,
    ...(plain ? {} : { indent: { firstLine: indentTwo } }),
    children: [run(text)],
  })

const smallText = (text: string): Paragraph[] => [
  new Paragraph({ spacing: { before: 120 }, children: [run(text, { size: size.fifth })] }),
]

function sealOf(organization: string, date: string): Paragraph[] {
  const right = (text: string, characters: number) =>
    new Paragraph({
      alignment: AlignmentType.RIGHT,
      keepLines: true,
      spacing: line,
      indent: { right: characters * (size.third / 2) * 20 },
      children: [run(text)],
    })
  // 7.3.5.1: the date four characters in, the name centred above it.
  return [
    new Paragraph({ spacing: line, keepNext: true, children: [] }),
    right(organization, Math.max(2, 4 - Math.floor((organization.length - 9) / 2))),
    right(date, 4),
  ]
}

const cellMargins = { left: 80, right: 80, top: 40, bottom: 40 } as const
const formLine = { line: 420, lineRule: LineRuleType.AT_LEAST, before: 0, after: 0 } as const

function cell(children: Paragraph[], width: number, more: { span?: number } = {}): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    margins: cellMargins,
    ...(more.span === undefined ? {} : { columnSpan: more.span }),
    children,
  })
}

const labelWidth = mm(30)
const valueWidth = mm(48)
const columns = [labelWidth, valueWidth, labelWidth, valueWidth]

const labelCell = (text: string) =>
  cell(
    text.split('\n').map(
      (part) =>
        new Paragraph({
          alignment: AlignmentType.CENTER,
          spacing: formLine,
          children: [run(part, { size: size.fourth })],
        }),
    ),
    labelWidth,
  )
const valueParagraphs = (text: string): Paragraph[] =>
  text
    .split('\n')
    .map((part) => new Paragraph({ spacing: formLine, children: [run(part, { size: size.fourth })] }))

function formOf(rows: readonly FormRow[]): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: bodyWidth, type: WidthType.DXA },
    columnWidths: columns,
    rows: rows.map(formRow),
  })
}

function formRow(row: FormRow): TableRow {
  if ('cells' in row) {
    const [first, second] = row.cells
    const pair = (c: (typeof row.cells)[number], span?: number) => [
      labelCell(c.label),
      cell(valueParagraphs(c.value), span === undefined ? valueWidth : bodyWidth - labelWidth, {
        ...(span === undefined ? {} : { span }),
      }),
    ]
    if (first === undefined) return new TableRow({ children: [] })
    return new TableRow({
      cantSplit: true,
      children: second === undefined ? pair(first, 3) : [...pair(first), ...pair(second)],
    })
  }
  const text = valueParagraphs(row.text)
  const empty = Math.max(0, row.lines - text.length)
  const space = Array.from({ length: empty }, () => new Paragraph({ spacing: formLine, children: [] }))
  const foot =
    row.sign === undefined
      ? []
      : [
          new Paragraph({
            alignment: AlignmentType.RIGHT,
            spacing: formLine,
            children: [run(row.sign, { size: size.fourth })],
          }),
        ]
  return new TableRow({
    cantSplit: row.lines <= wholeLines,
    children: [labelCell(row.label), cell([...text, ...space, ...foot], bodyWidth - labelWidth, { span: 3 })],
  })
}

/** A cell of so many lines is not torn apart by the end of a page. */
const wholeLines = 6

function tableOf(block: Extract<Block, { kind: 'table' }>): Table {
  const shares = block.columns.reduce((sum, column) => sum + column.share, 0)
  const widths = block.columns.map((column) => Math.round((bodyWidth * column.share) / shares))
  const row = (cells: readonly string[], head: boolean) =>
    new TableRow({
      tableHeader: head,
      cantSplit: true,
      children: block.columns.map((column, i) =>
        cell(
          (cells[i] ?? '').split('\n').map(
            (text) =>
              new Paragraph({
                alignment: head
                  ? AlignmentType.CENTER
                  : column.number === true
                    ? AlignmentType.RIGHT
                    : AlignmentType.LEFT,
                children: [run(text, { size: tableSize, ...(head ? { font: fonts.first } : {}) })],
              }),
          ),
          widths[i] ?? mm(20),
        ),
      ),
    })
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: bodyWidth, type: WidthType.DXA },
    columnWidths: widths,
    rows: [
      row(
        block.columns.map((column) => column.title),
        true,
      ),
      ...block.rows.map((cells) => row(cells, false)),
    ],
  })
}
/** 小四 12 pt. */
const tableSize = 24

const largestWidth = 560
const largestHeight = 380

function picturesOf(title: string, items: readonly Picture[]): Child[] {
  if (items.length === 0) return []
  const heading = new Paragraph({
    pageBreakBefore: true,
    spacing: line,
    children: [run(title, { font: fonts.first })],
  })
  return [heading, ...items.flatMap(pictureOf)]
}

function pictureOf({ caption, sha256, jpeg }: Picture, index: number): Paragraph[] {
  const small = (text: string) =>
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { after: 40 },
      children: [run(text, { size: size.fifth })],
    })
  const shown: Paragraph[] = []
  if (jpeg !== null) {
    const scale = Math.min(largestWidth / jpeg.width, largestHeight / jpeg.height, 1)
    const transformation = { width: Math.round(jpeg.width * scale), height: Math.round(jpeg.height * scale) }
    shown.push(
      new Paragraph({
        alignment: AlignmentType.CENTER,
        keepNext: true,
        spacing: { before: 160 },
        children: [new ImageRun({ type: 'jpg', data: jpeg.bytes, transformation })],
      }),
    )
  }
  return [...shown, small(`${index + 1}. ${caption}`), small(`SHA-256：${sha256}`)]
}
