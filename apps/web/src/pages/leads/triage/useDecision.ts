import { useState } from 'react'
import { type LeadCommand, useDecideLead } from '../../../api/leads.ts'
import type { Triage } from './useTriage.ts'

/** Decisions that need a word: what is being written, opened by keys as well as by buttons. */
export type Writing = 'confirm' | 'dismiss' | 'reopen' | 'outcome'

interface Decided {
  readonly id: number
  readonly version: number
}

/** What is decided about the lead on screen, by button or by key; its failure is shown with the lead that it is about. */
export function useDecision(triage: Triage) {
  const { lead } = triage.state
  const decide = useDecideLead()
  const [open, setOpen] = useState<{ lead: number; writing: Writing }>()
  return {
    // another lead, another decision
    writing: open?.lead === lead ? open.writing : undefined,
    write: (writing: Writing | undefined) => setOpen(writing === undefined ? undefined : { lead, writing }),
    pending: decide.isPending,
    error: decide.variables?.id === lead ? decide.error : null,
    run: ({ id, version }: Decided, command: LeadCommand) => {
      if (decide.isPending) return
      decide.mutate(
        { id, version, command },
        {
          onSuccess: () => {
            setOpen(undefined)
            // twenty in ten minutes: what is decided makes room for the next
            if (command.kind === 'dismiss' || command.kind === 'watch') triage.stepFrom(id)
          },
        },
      )
    },
  }
}
export type Decision = ReturnType<typeof useDecision>
