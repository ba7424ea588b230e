/** Locale key of a page's title: `air/stations/:id` → `nav.air_stations`. */
export function titleKey(path: string): string {
  const words = path.split('/').filter((part) => part !== '' && !part.startsWith(':'))
  return `nav.${words.join('_')}`
}
