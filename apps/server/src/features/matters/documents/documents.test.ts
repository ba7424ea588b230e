import {
  type DocumentKind,
  type FieldDefinition,
  type WorkflowDefinition,
  workflows,
} from '@shanshui/workflow'
import { describe, expect, test } from 'vitest'
import { archiveNames } from '../../../platform/archive.ts'
import { blank } from '../../../platform/official/index.ts'
import { producedBy } from './document-access.ts'
import type { DocumentData } from './document-data.ts'
import { fieldReader, valueText } from './field-reader.ts'
import * as notes from './legal-notes.ts'
import { composeDocument, renderDocument, templates } from './render.ts'

const kinds = Object.keys(templates) as DocumentKind[]
const made = workflows.flatMap((def) => [...producedBy(def)].map((kind) => [def.id, kind, def] as const))

/** A value of every type that says which field it is of. */
function sample(field: FieldDefinition): unknown {
  switch (field.type) {
    case 'number':
    case 'money':
      return 1234567
    case 'date':
      return '2026-03-02'
    case 'choice':
      return field.options?.[0]?.value
    case 'choices':
      return field.options?.map(({ value }) => value)
    case 'yes-no':
      return true
    case 'people':
      return [11, 12]
    case 'organization':
      return 21
    case 'table':
      return [Object.fromEntries((field.columns ?? []).map((column) => [column.id, sample(column)]))]
    default:
      return `内容<${field.id}>`
  }
}

function dataOf(def: WorkflowDefinition, fields: Record<string, unknown>, full = true): DocumentData {
  const party = (organization: string) => ({ organization, person: null })
  return {
    matter: {
      number: 'ZG-629001-2026-0001',
      title: '甲冶炼厂废水超标',
      round: 1,
      rebounds: 0,
      openedOn: '2026-03-01',
      regionName: '某区',
      source: '环保督察',
      lookBackOn: null,
    },
    def,
    fields,
    parties: full
      ? { overseer: party('市生态环境局'), handler: party('某区分局'), acceptor: party('市监测站') }
      : {},
    subject: full
      ? {
          name: '甲冶炼厂',
          creditCode: '91620100000000000X',
          legalRepresentative: '张某',
          address: '某路1号',
          contact: '',
          phone: '',
        }
      : null,
    problem: full ? { number: 'WT-1', title: '超标', detail: '排口铜超标', foundOn: '2026-02-28' } : null,
    step: null,
    steps: [],
    evidence: full
      ? [
          {
            title: '排口照片',
            kind: '照片',
            takenAt: '2026-03-02 10:00',
            by: '王工',
            located: true,
            sha256: 'ab'.repeat(32),
          },
        ]
      : [],
    pictures: [],
    people: new Map([
      [11, '李甲'],
      [12, '王乙'],
    ]),
    organizations: new Map([[21, '某单位']]),
  }
}
const everything = (def: WorkflowDefinition) =>
  Object.fromEntries(def.fields.map((field) => [field.id, sample(field)]))

test('there is a template for every kind, and every kind that a workflow produces has its fields declared', () => {
  expect(kinds).toHaveLength(15)
  const undeclared = made.filter(([id, kind]) => templates[kind].reads[id] === undefined)
  expect(undeclared.map(([id, kind]) => `${id}: ${kind}`)).toEqual([])
})

test('every field that a template reads is one of the workflow that it is read for', () => {
  const faults = kinds.flatMap((kind) =>
    Object.entries(templates[kind].reads).flatMap(([id, fields]) => {
      const def = workflows.find((one) => one.id === id)
      const known = new Set(def?.fields.map((field) => field.id))
      return def === undefined
        ? []
        : fields.filter((field) => !known.has(field)).map((f) => `${kind} ${id}.${f}`)
    }),
  )
  expect(faults).toEqual([])
})

describe.each(made)('%s: %s', (_, kind, def) => {
  test('says what the fields say, in both forms', async () => {
    const data = dataOf(def, everything(def))
    const html = (await renderDocument(kind, data, 'html')).toString()
    // Each by itself: some stand in only where another is missing.
    for (const id of templates[kind].reads[def.id] ?? []) {
      const field = def.fields.find((one) => one.id === id)
      if (field?.type !== 'text' && field?.type !== 'long-text') continue
      const alone = await renderDocument(kind, dataOf(def, { [id]: sample(field) }, false), 'html')
      expect(alone.toString(), id).toContain(`内容&#60;${id}&#62;`)
    }
    expect(html).not.toMatch(/undefined|null|\[object|NaN/)
    const docx = await renderDocument(kind, data, 'docx')
    expect(archiveNames(docx)).toContain('word/document.xml')
  })

  test('with nothing known it is a form to be filled by hand, and nothing is invented', async () => {
    const html = (await renderDocument(kind, dataOf(def, {}, false), 'html')).toString()
    expect(html).not.toMatch(/undefined|null|\[object|NaN/)
    expect(html).toMatch(/<u>　+<\/u>|<td[^>]*><\/td>|<div style="min-height/)
  })
})

test('kinds of which no workflow tells yet are forms to be filled as well', async () => {
  const [def] = workflows
  for (const kind of kinds) {
    const html = (await renderDocument(kind, dataOf(def as WorkflowDefinition, {}, false), 'html')).toString()
    expect(html).toContain('<h1>')
  }
})

test('a template cannot read what it has not declared', () => {
  const [def] = workflows
  const reader = fieldReader(dataOf(def as WorkflowDefinition, {}), ['ticket'])
  expect(() => reader.text('findings')).toThrow('does not declare it')
})

test('text from people does not become markup', () => {
  const def = workflows.find(({ id }) => id === 'supervision') as WorkflowDefinition
  const data = dataOf(def, { requirement: '<script>alert(1)</script>' })
  return renderDocument('supervision-order', data, 'html').then((html) => {
    expect(html.toString()).not.toContain('<script')
    expect(html.toString()).toContain('&#60;script&#62;')
  })
})

test('values are written as a bureau writes them', () => {
  const def = workflows[0] as WorkflowDefinition
  const data = dataOf(def, {})
  const of = (type: FieldDefinition['type'], value: unknown, more: Partial<FieldDefinition> = {}) =>
    valueText(value, { id: 'x', title: { zh: 'x', en: 'x' }, type, ...more }, data)
  expect(of('date', '2026-03-02')).toBe('2026年3月2日')
  expect(of('money', 1234567.5)).toBe('1,234,567.5 元')
  expect(of('number', 12, { unit: '个月' })).toBe('12 个月')
  expect(of('people', [11, { id: 5, name: '外请专家' }, 12])).toBe('李甲、外请专家、王乙')
  expect(of('yes-no', false)).toBe('否')
  expect(of('text', null)).toBe('')
})

test('remedies and periods stand in the documents that have to tell them', () => {
  const def = workflows[0] as WorkflowDefinition
  const words = (kind: DocumentKind) => JSON.stringify(composeDocument(kind, dataOf(def, {})))
  for (const kind of ['rectification-notice', 'penalty-decision'] as const) {
    expect(words(kind)).toContain('六十日内')
    expect(words(kind)).toContain('六个月内')
  }
  expect(words('penalty-notice')).toContain('五个工作日内')
  expect(words('penalty-decision')).toContain('十五日内')
  expect(words('demand-letter')).toContain('十日内（按工作日计算）')
  expect(words('site-record')).toContain('执法证件')
  expect(notes.remedies.text).toContain(blank(12))
  const complaint = workflows.find(({ id }) => id === 'complaint') as WorkflowDefinition
  const reply = (nature: string) =>
    JSON.stringify(composeDocument('complaint-reply', dataOf(complaint, { nature })))
  expect(reply('request')).toContain('三十日内')
  expect(reply('enforcement')).not.toContain('三十日内')
})
