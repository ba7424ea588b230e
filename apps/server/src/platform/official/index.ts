export {
  type Block,
  blank,
  type FormCell,
  type FormRow,
  type OfficialDocument,
  officialDate,
  type Picture,
  type TableColumn,
} from './document.ts'
export { officialDocx } from './document-docx.ts'
export { officialHtml } from './document-html.ts'
export { docxType, officialFile } from './frame.ts'
export { fonts, indentTwo, linePitch, mm, size } from './layout.ts'
