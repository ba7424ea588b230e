import { type Training, trainingKinds, trainingThemes } from '@shanshui/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSaveTraining } from '../../../api/bureau.ts'
import { today } from '../../../format/time.ts'
import { DateField, NumberField, TextField } from '../../sources/totals/Field.tsx'
import { FormDrawer } from '../../sources/totals/FormDrawer.tsx'
import { RegionField } from '../../sources/totals/RegionField.tsx'
import { DrillFields } from './DrillFields.tsx'
import { bodyOf, draftOf, newDraft, type TrainingDraft } from './draft.ts'
import { WordField } from './WordField.tsx'

interface Props {
  /** Given to change one; without it a new one is registered. */
  readonly training?: Training
  /** With the id of what was saved. */
  readonly onClose: (id?: number) => void
}

/** A training or a drill with its problems. */
export function TrainingForm({ training, onClose }: Props) {
  const { t } = useTranslation('bureau')
  const save = useSaveTraining(training)
  const [draft, setDraft] = useState<TrainingDraft>(() =>
    training === undefined ? newDraft(today()) : draftOf(training),
  )
  const change = (patch: Partial<TrainingDraft>) => setDraft((before) => ({ ...before, ...patch }))
  const body = bodyOf(draft)
  return (
    <FormDrawer
      what={t(training === undefined ? 'training.register' : 'training.change')}
      large
      ready={body !== undefined}
      saving={save}
      onSave={() => {
        if (body === undefined) return
        save.mutate(body, { onSuccess: (detail) => onClose(detail.training.id) })
      }}
      onClose={() => onClose()}
    >
      <WordField
        label={t('column.kind')}
        words={trainingKinds}
        value={draft.kind}
        onChange={(kind) => change({ kind })}
      />
      <WordField
        label={t('column.theme')}
        words={trainingThemes}
        value={draft.theme}
        onChange={(theme) => change({ theme })}
      />
      <TextField
        label={t('column.title')}
        maxLength={200}
        value={draft.title}
        onChange={(title) => change({ title })}
      />
      <DateField label={t('column.heldOn')} value={draft.heldOn} onChange={(heldOn) => change({ heldOn })} />
      <NumberField
        label={t('column.hours')}
        max={400}
        step={0.5}
        value={draft.hours}
        onChange={(hours) => change({ hours })}
      />
      <RegionField value={draft.regionCode} onChange={(regionCode) => change({ regionCode })} />
      <TextField
        label={t('column.place')}
        maxLength={200}
        value={draft.place}
        onChange={(place) => change({ place })}
      />
      <TextField
        label={t('column.teacher')}
        maxLength={200}
        value={draft.teacher}
        onChange={(teacher) => change({ teacher })}
      />
      <TextField
        label={t('column.material')}
        maxLength={500}
        value={draft.material}
        onChange={(material) => change({ material })}
      />
      {draft.kind === 'drill' && <DrillFields draft={draft} onChange={change} />}
      {body === undefined && (
        <p className="muted">{t(draft.kind === 'drill' ? 'form.demandedDrill' : 'form.demanded')}</p>
      )}
    </FormDrawer>
  )
}
