/** What the schemas of permits share. */
import { Type } from 'typebox'

export const tags = ['排污许可 Permits']
export const pollutantForm = {
  minLength: 1,
  maxLength: 20,
  description: 'SO2、NOx、PM、VOCs、COD、NH3-N 等',
}
export const Pollutant = Type.String(pollutantForm)
