/** Checklists that teach: what to ask, by which article, how to find out, and what to take away as proof. */
import {
  type Checklist,
  type ChecklistItem,
  type ChecklistTheme,
  checklistThemeNames,
  checklistThemes,
  type InspectionSkill,
  type LawText,
} from '@shanshui/contract'
import { laws } from './law.ts'
import { construction, emergency, permitItems } from './management-items.ts'
import { onlineMonitoring, selfMonitoring } from './monitoring-items.ts'
import { wasteGas, wasteWater } from './treatment-items.ts'
import { closedMine, hazardousWaste, tailings } from './waste-items.ts'

const itemsByTheme: Readonly<Record<ChecklistTheme, ChecklistItem[]>> = {
  'online-monitoring': onlineMonitoring,
  'waste-gas': wasteGas,
  'waste-water': wasteWater,
  'hazardous-waste': hazardousWaste,
  permit: permitItems,
  'self-monitoring': selfMonitoring,
  tailings,
  construction,
  'closed-mine': closedMine,
  emergency,
}

const skills: Readonly<Partial<Record<ChecklistTheme, readonly InspectionSkill[]>>> = {
  'online-monitoring': ['online-monitoring'],
  'waste-gas': ['air'],
  'waste-water': ['water'],
  'hazardous-waste': ['hazardous-waste'],
  tailings: ['tailings'],
  'closed-mine': ['tailings'],
  emergency: ['emergency'],
}

export const checklists: readonly Checklist[] = checklistThemeNames.map((theme) => ({
  theme,
  title: checklistThemes[theme].zh,
  skills: [...(skills[theme] ?? [])],
  items: itemsByTheme[theme],
}))

const byId = new Map(checklists.flatMap((list) => list.items).map((item) => [item.id, item]))
export const itemNamed = (id: string): ChecklistItem | undefined => byId.get(id)

/** Articles that items of these lists cite. */
export function lawsOf(lists: readonly Checklist[]): LawText[] {
  const cited = new Set(lists.flatMap((list) => list.items.flatMap((item) => item.law)))
  return laws.filter((law) => cited.has(law.id))
}
