/** What a citizen has typed, what is still missing in it, and how it goes to the server. Pure. */
import { type ComplaintTheme, complaintTextLimits, type PublicComplaintInput } from '@shanshui/contract'

export interface ReportDraft {
  readonly theme: ComplaintTheme | undefined
  readonly regionCode: number | undefined
  readonly place: string
  readonly position: { readonly lon: number; readonly lat: number } | undefined
  readonly accused: string
  readonly occurredOn: string
  readonly content: string
  readonly named: boolean
  readonly name: string
  readonly phone: string
  /** Hidden from people: stays empty. */
  readonly website: string
}

export const emptyDraft: ReportDraft = {
  theme: undefined,
  regionCode: undefined,
  place: '',
  position: undefined,
  accused: '',
  occurredOn: '',
  content: '',
  named: false,
  name: '',
  phone: '',
  website: '',
}

const faultKeys = ['theme', 'regionCode', 'place', 'content', 'occurredOn', 'name', 'phone'] as const
export type FaultKey = (typeof faultKeys)[number]

const shortestContent = 10

/** What is missing or cannot be, in the order of the form. `today`: a thing cannot have happened later. */
export function faultsOf(draft: ReportDraft, today: string): readonly FaultKey[] {
  const content = draft.content.trim()
  const place = draft.place.trim()
  const missing: Readonly<Record<FaultKey, boolean>> = {
    theme: draft.theme === undefined,
    regionCode: draft.regionCode === undefined,
    place: place.length < 2 || place.length > complaintTextLimits.place,
    content: content.length < shortestContent || content.length > complaintTextLimits.content,
    occurredOn: draft.occurredOn !== '' && draft.occurredOn > today,
    name: draft.named && draft.name.trim().length < 2,
    phone: draft.named && !/^[0-9+() -]{5,40}$/.test(draft.phone.trim()),
  }
  return faultKeys.filter((key) => missing[key])
}

/** Undefined while something that must be there is missing. */
export function bodyOf(draft: ReportDraft, token: string): PublicComplaintInput | undefined {
  const { theme, regionCode, position, named } = draft
  if (theme === undefined || regionCode === undefined) return undefined
  const optional = (key: 'accused' | 'occurredOn' | 'website') => {
    const value = draft[key].trim()
    return value === '' ? {} : { [key]: value }
  }
  return {
    token,
    theme,
    regionCode,
    place: draft.place.trim(),
    content: draft.content.trim(),
    named,
    // Somebody who changed their mind about the name has not given it.
    ...(named ? { name: draft.name.trim(), phone: draft.phone.trim() } : {}),
    ...(position === undefined ? {} : position),
    ...optional('accused'),
    ...optional('occurredOn'),
    ...optional('website'),
  }
}
