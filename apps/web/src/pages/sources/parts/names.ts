/** An outlet's name beside its plant's: registers often put the plant's name before it, which then stands twice. */
export function outletName(name: string, plant: string): string {
  const rest = name.startsWith(plant) ? name.slice(plant.length).trim() : name
  return rest === '' ? name : rest
}

/** Units as a bureau writes them: `mg/m3` of a register is mg/m³. */
export function unitText(unit: string): string {
  return unit.replace(/m3\b/, 'm³')
}
