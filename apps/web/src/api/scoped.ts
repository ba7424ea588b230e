/** The region of the top bar as a query has it: 0 is all of one's own and is left out. */
export const scoped = (regionCode: number): number | undefined => (regionCode === 0 ? undefined : regionCode)
