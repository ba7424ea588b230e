import css from './parts.module.css'

export type StateTone = 'bad' | 'warn' | 'good' | 'quiet'

/** A state in words with a shape: colour alone says nothing to those who do not see it. */
export function StateTag({ tone, text }: { tone: StateTone; text: string }) {
  return (
    <span className={`${css.state} ${css[tone]}`}>
      <span className={css.shape} aria-hidden="true" />
      {text}
    </span>
  )
}
