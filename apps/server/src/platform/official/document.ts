/**
 * An official document as data: what it says, not how it looks. Rendered to DOCX and to a page for printing, which
 * therefore cannot differ. What is not known is left blank to be filled by hand.
 */
export interface OfficialDocument {
  /** Who issues it, over the title; null for internal forms. */
  readonly letterhead: string | null
  readonly title: string
  /** 发文字号; null: a line to write it on; undefined: the form has none. */
  readonly number?: string | null
  /** To whom it is addressed (主送). */
  readonly recipient?: string
  readonly blocks: readonly Block[]
  /** Where it came from: with the file and on the screen, not on the paper. */
  readonly origin: string
}

export type Block =
  /** Body, first line indented by two characters; `plain` without the indent. */
  | { readonly kind: 'paragraph'; readonly text: string; readonly plain?: boolean }
  /** 一、 in 黑体; （一） in 楷体 (GB/T 9704-2012, 7.3.3). */
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  /** A form with lines around its cells. */
  | { readonly kind: 'form'; readonly rows: readonly FormRow[] }
  | {
      readonly kind: 'table'
      readonly columns: readonly TableColumn[]
      readonly rows: readonly (readonly string[])[]
    }
  /** Lines to sign on. */
  | { readonly kind: 'signatures'; readonly lines: readonly string[] }
  /** 发文机关署名 and 成文日期, right (7.3.5). */
  | { readonly kind: 'seal'; readonly organization: string; readonly date: string }
  /** 附件: pictures with their hashes, on a page of its own. */
  | { readonly kind: 'pictures'; readonly title: string; readonly items: readonly Picture[] }
  | { readonly kind: 'small'; readonly text: string }

/** Up to two labelled cells side by side, or one over the whole width with room for an opinion. */
export type FormRow =
  | { readonly cells: readonly FormCell[] }
  | {
      readonly label: string
      readonly text: string
      /** Lines that the cell is high at least. */
      readonly lines: number
      /** Where somebody signs at its foot. */
      readonly sign?: string
    }

export interface FormCell {
  readonly label: string
  readonly value: string
}

export interface TableColumn {
  readonly title: string
  /** Share of the width. */
  readonly share: number
  readonly number?: boolean
}

export interface Picture {
  readonly caption: string
  readonly sha256: string
  /** JPEG; null when the file is no picture or cannot be shown: the caption stands alone. */
  readonly jpeg: { readonly bytes: Buffer; readonly width: number; readonly height: number } | null
}

/** 发文字号 that is given by hand. */
export const unknownNumber = `${'　'.repeat(4)}〔　　　　〕　　号`

/** A line to write on, so many characters long. */
export const blank = (characters: number): string => '＿'.repeat(characters)

/** `2026年3月2日`; a line for it when the day is not known. */
export function officialDate(day: string | null): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '')
  if (parts === null) return '　　　　年　　月　　日'
  return `${parts[1]}年${Number(parts[2])}月${Number(parts[3])}日`
}
