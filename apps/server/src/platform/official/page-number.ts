import { AlignmentType, Footer, PageNumber, Paragraph, TextRun } from 'docx'
import { fonts, size } from './layout.ts'

/** 7.5: odd pages to the right, even pages to the left, one character in, between dashes. */
export function pageNumber(alignment: typeof AlignmentType.RIGHT | typeof AlignmentType.LEFT): Footer {
  const run = { font: fonts.pageNumber, size: size.fourth }
  const oneCharacter = (size.fourth / 2) * 20
  const indent = alignment === AlignmentType.RIGHT ? { right: oneCharacter } : { left: oneCharacter }
  return new Footer({
    children: [
      new Paragraph({
        alignment,
        indent,
        children: [
          new TextRun({ ...run, text: '— ' }),
          new TextRun({ ...run, children: [PageNumber.CURRENT] }),
          new TextRun({ ...run, text: ' —' }),
        ],
      }),
    ],
  })
}
