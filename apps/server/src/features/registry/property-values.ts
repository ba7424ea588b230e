/** Properties of a stored feature, as far as they are of the type that is asked for. */
export const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
export const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)
export const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null)
