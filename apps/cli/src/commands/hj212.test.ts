import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { createHost } from '@shanshui/hj212'
import { describe, expect, test } from 'vitest'
import { mnOf } from '../hj212/simulate.ts'

const entry = [
  `import { hj212Command } from ${JSON.stringify(new URL('./hj212.ts', import.meta.url).href)}`,
  `await hj212Command().parseAsync(process.argv.slice(1), { from: 'user' })`,
].join('\n')

async function hj212(args: readonly string[], input: readonly (string | Buffer)[] = []) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', entry, '--', ...args])
  const output = text(child.stdout)
  const errors = text(child.stderr)
  child.stdin.on('error', () => {})
  for (const part of input) child.stdin.write(part)
  child.stdin.end()
  const [code] = (await once(child, 'close')) as [number]
  return { code, out: await output, err: await errors }
}

const lines = (out: string) =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
const fixture = new URL('../../../../packages/hj212/fixtures/messages.jsonl', import.meta.url)
const cases: {
  id: string
  raw: string
  expect: { valid: boolean; crc_variant: string | null; cp: object; anomalies: string[] }
}[] = lines(readFileSync(fixture, 'utf8'))
const annexA =
  '##0101QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&1C80\r\n'

describe('hj212 decode', () => {
  test('writes one object a frame, texts as received; junk is skipped and counted', async () => {
    const { out, err, code } = await hj212(
      ['decode'],
      [`DTU01${annexA}`, annexA.slice(0, 20), annexA.slice(20)],
    )
    expect(lines(out)).toEqual(
      Array.from({ length: 2 }, () => ({
        ok: true,
        version: '2017',
        qn: '20160801085857223',
        st: '32',
        cn: '1062',
        mn: '010000A8900016F000169DC0',
        pw: '100000',
        flag: '5',
        pnum: null,
        pno: null,
        cp: { plain: { RtdInterval: '30' }, factors: {} },
        anomalies: [],
        error: null,
        raw: annexA,
      })),
    )
    expect(err).toBe('跳过 5 个不属于数据包的字节\n')
    expect(code).toBe(0)
  })

  test('reports a wrong CRC and diagnoses CRC-16/MODBUS', async () => {
    const modbus = annexA.replace('1C80', '0759')
    const { out } = await hj212(['decode'], [annexA.replace('=30', '=31'), modbus])
    expect(lines(out)).toMatchObject([
      { ok: false, error: 'crc: received 1C80, computed 2080', cp: { plain: { RtdInterval: '31' } } },
      { ok: false, error: expect.stringContaining('modbus crc'), anomalies: ['crc-is-CRC16/MODBUS'] },
    ])
    expect(lines((await hj212(['decode', '--accept-modbus'], [modbus])).out)).toMatchObject([{ ok: true }])
  })

  test('--jsonl answers each case with its id, in order, by text, chunks or hexadecimal chunks', async () => {
    const input = [
      { id: 1, raw: annexA },
      { id: 'two', chunks: [annexA.slice(0, 3), annexA.slice(3), 'junk'] },
      {
        id: 3,
        chunks_hex: [
          Buffer.from(annexA).toString('hex').slice(0, 40),
          Buffer.from(annexA).toString('hex').slice(40),
        ],
      },
      { id: 4, raw: 'nothing here' },
      { id: 5, chunks_hex: ['zz'] },
      { id: 6 },
    ]
    const { out } = await hj212(
      ['decode', '--jsonl'],
      [`${input.map((one) => JSON.stringify(one)).join('\n')}\n{bad\n`],
    )
    const answers = lines(out)
    expect(answers.map((answer) => [answer.id, answer.frames.length, answer.errors])).toEqual([
      [1, 1, []],
      ['two', 1, []],
      [3, 1, []],
      [4, 0, ['no frame found']],
      [5, 0, ['chunks_hex must be an array of hexadecimal texts']],
      [6, 0, ['neither raw nor chunks nor chunks_hex is given']],
      [null, 0, ['not JSON: {bad']],
    ])
    expect(answers[2].frames[0].raw).toBe(annexA)
  })

  test('--jsonl reads the first case behind a byte order mark, with CR LF', async () => {
    const { out } = await hj212(
      ['decode', '--jsonl'],
      [`\uFEFF${JSON.stringify({ id: 1, raw: annexA })}\r\n`],
    )
    expect(lines(out)).toMatchObject([{ id: 1, frames: [{ ok: true }], errors: [] }])
  })

  test('--jsonl agrees with the twenty public messages', async () => {
    const { out } = await hj212(
      ['decode', '--jsonl'],
      [cases.map(({ id, raw }) => JSON.stringify({ id, raw })).join('\n')],
    )
    const answers = lines(out)
    expect(answers).toHaveLength(20)
    answers.forEach((answer, i) => {
      const expected = cases[i]?.expect
      expect(answer.id).toBe(cases[i]?.id)
      expect(answer.frames).toHaveLength(1)
      expect(answer.frames[0]).toMatchObject({ raw: cases[i]?.raw, anomalies: expected?.anomalies })
      expect(answer.frames[0].cp).toEqual(expected?.cp)
      expect(answer.frames[0].ok).toBe(answer.id === 'd07' || expected?.valid)
    })
  })

  test('takes __proto__ for a mere code', async () => {
    const { out: framed } = await hj212(
      ['encode'],
      ['{"st":"32","cn":"2011","mn":"X","cp":"__proto__-Rtd=1;__proto__=2"}\n'],
    )
    const { out } = await hj212(['decode'], [framed])
    expect(out).toContain('"cp":{"plain":{"__proto__":"2"},"factors":{"__proto__":{"Rtd":"1"}}}')
  })

  test('opens encrypted frames with the key', async () => {
    const key = '30'.repeat(16)
    const message = {
      version: '2025',
      qn: '20240601085857223',
      st: '32',
      cn: '2011',
      mn: 'X',
      cp: 'DataTime=20240601085857;w01018-Rtd=1.5',
    }
    const child = await hj212(['encode', '--key', key, '--braces'], [`${JSON.stringify(message)}\n`])
    expect(lines((await hj212(['decode'], [child.out])).out)).toMatchObject([
      { ok: false, error: 'encrypted: no key for this MN' },
    ])
    const [opened] = lines((await hj212(['decode', '--key', key], [child.out])).out)
    expect(opened).toMatchObject({ ok: true, version: '2025', cp: { factors: { w01018: { Rtd: '1.5' } } } })
  })
})

describe('hj212 encode', () => {
  test('writes back what decode has read, byte for byte', async () => {
    const clean = cases.filter((one) =>
      one.expect.anomalies.every((name) => name === 'MN-not-24-hex' || name.startsWith('PW')),
    )
    const good = clean.filter((one) => one.expect.valid && one.id !== 'd17').map((one) => one.raw)
    expect(good.length).toBeGreaterThan(8)
    const { out } = await hj212(['decode'], good)
    const back = await hj212(['encode'], [out])
    expect(back.out).toBe(good.join(''))
    expect(back.code).toBe(0)
  })

  test('names a line that it cannot encode and goes on', async () => {
    const { out, err, code } = await hj212(
      ['encode'],
      ['{"cn":"2011"}\n{"st":"91","cn":"9014","mn":"X","pw":"a;b"}\n{"st":"91","cn":"9014","mn":"X"}\n'],
    )
    expect(out).toContain('CN=9014')
    expect(err).toContain('第 1 行')
    expect(err).toContain('第 2 行: PW must not contain a separator')
    expect(code).toBe(1)
  })

  test('--split cuts a long message into packets', async () => {
    const factors = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`a${25000 + i}`, { Avg: '1.5', Flag: 'N' }]),
    )
    const message = {
      qn: '20260801100000123',
      st: '31',
      cn: '2061',
      mn: 'X',
      cp: { plain: { DataTime: '20260801090000' }, factors },
    }
    const { out } = await hj212(['encode', '--split'], [`${JSON.stringify(message)}\n`])
    const frames = lines((await hj212(['decode'], [out])).out)
    expect(frames.map((frame) => [frame.pnum, frame.pno])).toEqual([
      ['2', '1'],
      ['2', '2'],
    ])
  })
})

describe('hj212 simulate', () => {
  test('loads a host at its rate and prints what was sent, acknowledged, and how fast', async () => {
    const mns = new Set<string>()
    const times = new Set<string>()
    const host = createHost({
      host: '127.0.0.1',
      port: 0,
      onFrame: (frame) => {
        mns.add(frame.header.mn)
        if (frame.header.cn === '2011') times.add(`${frame.header.mn} ${frame.cp.plain('DataTime')}`)
        return 'ack'
      },
    })
    const { port } = await host.listen()
    const args = [
      'simulate',
      '--to',
      `127.0.0.1:${port}`,
      '--stations',
      '5',
      '--rate',
      '100',
      '--duration',
      '1',
      '--json',
    ]
    const { out, code } = await hj212(args)
    const summary = JSON.parse(out)
    // A hundred real-time messages and a 2081 of each station.
    expect(summary).toMatchObject({ connected: 5, sent: 105, acked: 105, resent: 0, unanswered: 0 })
    expect(summary.p99Ms).toBeGreaterThanOrEqual(summary.p50Ms)
    expect(mns).toEqual(new Set([0, 1, 2, 3, 4].map((n) => mnOf('5348414E53485549', n))))
    expect(times.size).toBe(100)
    expect(code).toBe(0)
    await host.close()
  })

  test('refuses an address or number that is none', async () => {
    for (const args of [
      ['--to', 'nowhere'],
      ['--to', 'a:0'],
      ['--to', 'a:1', '--rate', '-1'],
    ]) {
      const { code, out } = await hj212(['simulate', ...args])
      expect(code).not.toBe(0)
      expect(out).toBe('')
    }
  })
})
