import { useTranslation } from 'react-i18next'

/** A term that is data, not wording of the interface: both languages stand beside each other in a table. */
export interface Official {
  readonly zh: string
  readonly en: string
}

/** Official terms in the language of the screen. */
export function useOfficial(): (term: Official) => string {
  const { i18n } = useTranslation()
  return ({ zh, en }) => (i18n.language === 'en' ? en : zh)
}
