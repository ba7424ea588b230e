export interface ErrorEntry {
  readonly status: number
  readonly title: string
  readonly en: string
  readonly advice: string
}
