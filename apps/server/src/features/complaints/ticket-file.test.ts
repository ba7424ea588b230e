import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { readTickets, recordsOf } from './ticket-file.ts'

const header = '工单编号,来电时间,诉求内容,区县,投诉类型,来电人,联系电话'
const lines = [
  header,
  'G1,2026-11-23 08:30,"夜里有气味,\n很臭",金平县,异味,王小明,13800001111',
  'G2,2026/11/3 8:05,河水变黑,银山县,水污染？,匿名,',
  ',2026-11-23 08:30,没有编号,金平县,,,',
  'G4,2026-02-30 08:30,日期不对,金平县,噪声,,',
].join('\r\n')

/** Encodes by the system's iconv: the platform only reads GB18030. */
const gb18030 = (text: string) => execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GB18030'], { input: text })

describe.each([
  ['UTF-8', Buffer.from(`\ufeff${lines}`)],
  ['GB18030', gb18030(lines)],
])('a CSV of a hotline in %s', (encoding, bytes) => {
  test('is read line by line; faults are named with the line in the file', async () => {
    const file = await readTickets(bytes)
    expect(file.encoding).toBe(encoding)
    expect(file.drafts).toHaveLength(1)
    expect(file.drafts[0]).toMatchObject({
      line: 2,
      input: {
        outerNumber: 'G1',
        channel: '12345',
        theme: 'odour',
        receivedAt: '2026-11-23T08:30:00+08:00',
        content: '夜里有气味,\n很臭',
        complainant: { name: '王小明', phone: '13800001111' },
      },
    })
    expect(file.errors.map(({ line, column }) => [line, column])).toEqual([
      [4, '问题类型'],
      [5, '工单编号'],
      [6, '受理时间'],
    ])
  })

  test('a fault never repeats name or phone', async () => {
    const { errors } = await readTickets(bytes)
    expect(JSON.stringify(errors)).not.toMatch(/王小明|13800001111/)
  })
})

test('an anonymous caller has no complainant', async () => {
  const text = `${header}\nG2,2026/11/3 8:05,河水变黑,银山县,废水,匿名,13900000000`
  const { drafts } = await readTickets(Buffer.from(text))
  expect(drafts[0]?.input.complainant).toBeUndefined()
  expect(drafts[0]?.input.receivedAt).toBe('2026-11-03T08:05:00+08:00')
})

test('an XLSX is read the same way', async () => {
  const bytes = await writeXlsxFile(
    [header.split(','), ['G9', '2026-11-23 08:30', '噪声扰民很久', '金平县', '噪声', '', '']].map((row) =>
      row.map((value) => ({ value })),
    ),
    { sheet: 's' },
  ).toBuffer()
  const { encoding, drafts } = await readTickets(bytes)
  expect([encoding, drafts[0]?.input.outerNumber, drafts[0]?.input.theme]).toEqual(['XLSX', 'G9', 'noise'])
})

test.each([
  ['no table', Buffer.from([0x50, 0x4b, 3, 4, 0, 0])],
  ['columns missing', Buffer.from('工单编号,诉求内容\n1,x')],
  ['nothing', Buffer.alloc(0)],
])('%s is refused', async (_, bytes) => {
  await expect(readTickets(bytes)).rejects.toMatchObject({ code: 'complaint.file-unreadable' })
})

test('records keep their first line number when cells hold line ends', () => {
  expect(recordsOf('a\n"b\nc",d\n\ne\n')).toEqual([
    { line: 1, text: 'a' },
    { line: 2, text: '"b\nc",d' },
    { line: 5, text: 'e' },
  ])
})
