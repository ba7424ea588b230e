/** The form of a clerk: what is typed, what is missing, what goes to the server. Pure. */
import type {
  Complaint,
  ComplaintChannel,
  ComplaintInput,
  ComplaintNature,
  ComplaintTheme,
  ComplaintUrgency,
} from '@shanshui/contract'

/** What can be corrected later as well. */
export interface Particulars {
  readonly title: string
  readonly theme: ComplaintTheme
  readonly urgency: ComplaintUrgency
  readonly nature: ComplaintNature
  readonly place: string
  readonly lon: string
  readonly lat: string
  readonly enterpriseId: number | undefined
  readonly campaign: string
  readonly platformNumber: string
}

export interface Typed extends Particulars {
  readonly channel: ComplaintChannel
  readonly outerNumber: string
  readonly regionCode: number | undefined
  readonly content: string
  readonly occurredOn: string
  /** `YYYY-MM-DDTHH:MM`, Beijing time; empty: now. */
  readonly receivedAt: string
  readonly named: boolean
  readonly name: string
  readonly phone: string
  readonly address: string
}

export const emptyTyped: Typed = {
  channel: '12345',
  outerNumber: '',
  platformNumber: '',
  title: '',
  theme: 'odour',
  urgency: 'ordinary',
  nature: 'enforcement',
  regionCode: undefined,
  place: '',
  lon: '',
  lat: '',
  enterpriseId: undefined,
  campaign: '',
  content: '',
  occurredOn: '',
  receivedAt: '',
  named: false,
  name: '',
  phone: '',
  address: '',
}

export const particularsOf = (complaint: Complaint): Particulars => ({
  title: complaint.title,
  theme: complaint.theme,
  urgency: complaint.urgency,
  nature: complaint.nature,
  place: complaint.place ?? '',
  lon: complaint.lon === null ? '' : String(complaint.lon),
  lat: complaint.lat === null ? '' : String(complaint.lat),
  enterpriseId: complaint.enterprise?.id,
  campaign: complaint.campaign ?? '',
  platformNumber: complaint.platformNumber ?? '',
})

export type Fault = 'regionCode' | 'content' | 'position' | 'name' | 'phone' | 'title'

const degrees = (text: string): number | undefined => {
  const value = Number(text)
  return text.trim() === '' || !Number.isFinite(value) ? undefined : value
}

export function particularFaults({ lon, lat, title }: Particulars): readonly Fault[] {
  const [east, north] = [degrees(lon), degrees(lat)]
  const none = lon.trim() === '' && lat.trim() === ''
  const placed =
    east !== undefined && north !== undefined && east >= 70 && east <= 140 && north >= 0 && north <= 60
  return [
    ...(none || placed ? [] : (['position'] as const)),
    ...(title.trim().length === 1 ? (['title'] as const) : []),
  ]
}

export function faultsOf(typed: Typed): readonly Fault[] {
  const phone = typed.phone.trim()
  return [
    ...(typed.regionCode === undefined ? (['regionCode'] as const) : []),
    ...(typed.content.trim().length < 5 ? (['content'] as const) : []),
    ...particularFaults(typed),
    ...(typed.named && typed.name.trim() === '' ? (['name'] as const) : []),
    ...(typed.named && phone !== '' && !/^[0-9+() -]{5,40}$/.test(phone) ? (['phone'] as const) : []),
  ]
}

export function particularBody(typed: Particulars) {
  const text = (key: 'title' | 'place' | 'campaign' | 'platformNumber') => {
    const value = typed[key].trim()
    return value === '' ? {} : { [key]: value }
  }
  const [lon, lat] = [degrees(typed.lon), degrees(typed.lat)]
  return {
    theme: typed.theme,
    urgency: typed.urgency,
    nature: typed.nature,
    ...text('title'),
    ...text('place'),
    ...text('campaign'),
    ...text('platformNumber'),
    ...(lon === undefined || lat === undefined ? {} : { lon, lat }),
    ...(typed.enterpriseId === undefined ? {} : { enterpriseId: typed.enterpriseId }),
  }
}

/** Undefined while the county is not chosen. */
export function bodyOf(typed: Typed, commandId: string): ComplaintInput | undefined {
  const { regionCode, named } = typed
  if (regionCode === undefined) return undefined
  const phone = typed.phone.trim()
  const address = typed.address.trim()
  return {
    ...particularBody(typed),
    channel: typed.channel,
    regionCode,
    content: typed.content.trim(),
    commandId,
    ...(typed.outerNumber.trim() === '' ? {} : { outerNumber: typed.outerNumber.trim() }),
    ...(typed.occurredOn === '' ? {} : { occurredOn: typed.occurredOn }),
    ...(typed.receivedAt === '' ? {} : { receivedAt: `${typed.receivedAt}:00+08:00` }),
    ...(named
      ? {
          complainant: {
            name: typed.name.trim(),
            ...(phone === '' ? {} : { phone }),
            ...(address === '' ? {} : { address }),
          },
        }
      : {}),
  }
}
