/** A county's month as planning input, for tests and measurements: the same numbers for the same seed. */
import type { PlanCandidate, PlanInput, PlanInspector, PlanKind } from './plan.types.ts'
import { numbersFrom } from './plan-numbers.ts'

const KINDS: readonly PlanKind[] = ['lead', 'complaint', 'look-back', 'quota', 'risk']
const SKILLS = ['air', 'water', 'waste'] as const

/** `days` working days from 2026-12-01 on, weekends left out. */
function workdaysFrom(first: string, count: number): readonly string[] {
  const days: string[] = []
  for (let ms = Date.parse(`${first}T00:00:00Z`); days.length < count; ms += 86_400_000) {
    const day = new Date(ms)
    if (day.getUTCDay() % 6 !== 0) days.push(day.toISOString().slice(0, 10))
  }
  return days
}

export function countyMonth(size: {
  readonly people: number
  readonly candidates: number
  readonly days: number
  readonly seed: number
}): PlanInput {
  const random = numbersFrom(size.seed)
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  const days = workdaysFrom('2026-12-01', size.days)
  const seat = { lon: 103.5, lat: 36.0 }
  const spread = (km: number) => ({
    lon: seat.lon + ((random() - 0.5) * 2 * km) / 90,
    lat: seat.lat + ((random() - 0.5) * 2 * km) / 111,
  })
  const towns = Array.from({ length: 6 }, () => spread(35))
  const inspectors = Array.from({ length: size.people }, (_, index): PlanInspector => {
    const away = new Set(days.filter(() => random() < 0.1))
    return {
      id: index + 1,
      name: `执法员${index + 1}`,
      home: index % 6 === 5 ? (towns[0] ?? seat) : seat,
      dates: days.filter((day) => !away.has(day)),
      minutesPerDay: 420,
      skills: index % 3 === 0 ? [...SKILLS] : index % 3 === 1 ? ['air', 'water'] : ['waste'],
    }
  })
  const candidates = Array.from({ length: size.candidates }, (_, index): PlanCandidate => {
    const town = towns[whole(0, towns.length - 1)] ?? seat
    const kind = KINDS[whole(0, KINDS.length - 1)] ?? 'risk'
    const opens = random() < 0.2 ? whole(0, size.days - 1) : undefined
    const closes = random() < 0.3 ? whole(opens ?? 0, size.days - 1) : undefined
    return {
      id: `C${index + 1}`,
      title: `企业${index + 1}`,
      place: {
        lon: town.lon + (random() - 0.5) * 0.15,
        lat: town.lat + (random() - 0.5) * 0.12,
      },
      minutes: whole(3, 12) * 15,
      people: random() < 0.05 ? 3 : 2,
      skills: [SKILLS[whole(0, 2)] ?? 'air'],
      value: Math.round(random() ** 2 * 1000) / 10,
      kind,
      ...(random() < 0.04 ? { mandatory: true } : {}),
      ...(opens === undefined ? {} : { from: days[opens] ?? '' }),
      ...(closes === undefined ? {} : { by: days[closes] ?? '' }),
      ...(random() < 0.03 ? { blocked: '正面清单企业，本年度已检查' } : {}),
    }
  })
  return {
    inspectors,
    candidates,
    days,
    roadFactor: 1.35,
    speedKmh: 45,
    settings: { seed: size.seed, startMinute: 510 },
  }
}

/** Small cases of every kind: homes apart, windows, skills, visits for three, blocked and mandatory ones. */
export function smallCase(seed: number): PlanInput {
  const random = numbersFrom(seed)
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  const place = () => ({ lon: 103.2 + random() * 0.6, lat: 35.8 + random() * 0.5 })
  const homes = [place(), place()]
  const days = ['2026-12-01', '2026-12-02'].slice(0, whole(1, 2))
  const skills = ['air', 'water']
  const some = () => skills.filter(() => random() < 0.6)
  return {
    days,
    roadFactor: 1.3,
    speedKmh: 40,
    settings: { seed, startMinute: 510, crewMax: whole(2, 3) },
    inspectors: Array.from({ length: whole(2, 4) }, (_, i) => ({
      id: i + 1,
      name: `人${i + 1}`,
      home: homes[random() < 0.7 ? 0 : 1] ?? place(),
      dates: days.filter(() => random() < 0.9),
      minutesPerDay: whole(24, 42) * 10,
      skills: some(),
    })),
    candidates: Array.from({ length: whole(4, 7) }, (_, i) => ({
      id: `C${i}`,
      title: `企业${i}`,
      place: place(),
      minutes: whole(2, 11) * 10,
      people: random() < 0.15 ? 3 : random() < 0.2 ? 1 : 2,
      skills: some().slice(0, 1),
      value: whole(0, 1000) / 10,
      kind: 'risk' as const,
      ...(random() < 0.2 ? { mandatory: true } : {}),
      ...(random() < 0.2 ? { from: '2026-12-02' } : {}),
      ...(random() < 0.2 ? { by: '2026-12-01' } : {}),
      ...(random() < 0.1 ? { blocked: '年度频次已满' } : {}),
    })),
  }
}
