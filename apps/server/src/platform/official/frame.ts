/** Page, margins, base font and page numbers of an official document (GB/T 9704-2012, 5.2, 7.5). */
import { AlignmentType, Document, type FileChild, Packer, SectionType } from 'docx'
import { fonts, footerFromEdge, mm, page, size } from './layout.ts'
import { pageNumber } from './page-number.ts'

/** Media type of DOCX. */
export const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** The DOCX file of the parts of a document. */
export function officialFile(
  about: { readonly title: string; readonly creator: string; readonly description: string },
  children: readonly FileChild[],
): Promise<Buffer> {
  const document = new Document({
    ...about,
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: {
        document: {
          run: { font: fonts.body, size: size.third, language: { eastAsia: 'zh-CN', value: 'en-US' } },
        },
      },
    },
    sections: [
      {
        properties: {
          type: SectionType.NEXT_PAGE,
          page: {
            size: { width: page.width, height: page.height },
            margin: {
              top: page.top,
              bottom: page.bottom,
              left: page.left,
              right: page.right,
              footer: footerFromEdge,
              header: mm(15),
            },
          },
        },
        footers: { default: pageNumber(AlignmentType.RIGHT), even: pageNumber(AlignmentType.LEFT) },
        children: [...children],
      },
    ],
  })
  return Packer.toBuffer(document)
}
