import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Document, Packer, Paragraph } from 'docx'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../platform/actor.ts'
import { fixedClock } from '../../platform/clock.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { createFirstAdministrator } from '../identity/index.ts'
import { evidenceOf, shareEvidence } from './evidence.service.ts'
import { startEvidenceWorker } from './evidence.worker.ts'
import {
  begin,
  listedSubjects,
  picture,
  pngClaiming,
  sendPiece,
  sha256Of,
  upload,
} from './evidence-fixture.ts'
import { evidenceRoutes } from './index.ts'
import { storedPath } from './store/disk-store.ts'

const plant = { lon: 105.5, lat: 34.5 }
/** Organizations: 1 bureau, 2 handler, 3 a department, 40 the enterprise, 41 another. */
const subjects = [
  {
    kind: 'matter',
    id: 1,
    regionCode: 629001,
    ownerId: 40,
    parties: [1, 2],
    shownToOwner: true,
    place: plant,
  },
  { kind: 'matter', id: 2, regionCode: 629001, ownerId: 40, parties: [2], shownToOwner: false, place: null },
  { kind: 'matter', id: 3, regionCode: 629002, ownerId: 41, parties: [1], shownToOwner: true, place: null },
  { kind: 'matter', id: 4, regionCode: 629001, ownerId: 0, parties: [1], shownToOwner: false, closed: true },
] as const
const on = (id: number) => ({ kind: 'matter' as const, id })
const clock = fixedClock(Date.parse('2026-03-02T10:30:00+08:00'))
const actors: Record<string, Actor> = {
  bureau: testActor('section-head', { userId: 1 }),
  handler: testActor('county-head', { userId: 2, organizationId: 2, regions: '{[629001,629002)}' }),
  department: testActor('department', { userId: 3, organizationId: 3 }),
  plant: testActor('enterprise', { userId: 4, organizationId: 40, owner: 40 }),
  other: testActor('enterprise', { userId: 5, organizationId: 41, owner: 41 }),
  analyst: testActor('analyst', { userId: 6 }),
}

let database: TestDatabase
let server: TestApp
let dataDir: string
const by = (who: string) => ({ app: server.app, who })
const get = (who: string, url: string, headers: Record<string, string> = {}) =>
  server.app.inject({ url: `/api/v1${url}`, headers: { 'x-test-actor': who, ...headers } })
const post = (who: string, url: string, payload: object) =>
  server.app.inject({
    method: 'POST',
    url: `/api/v1${url}`,
    headers: { 'x-test-actor': who },
    payload,
  })

async function serverWith(config: object = {}): Promise<TestApp> {
  return createTestApp(database.db, {
    clock,
    config: { dataDir, evidenceLimitMb: 8, evidenceOpenUploads: 4, ...config },
    routes: [(deps) => evidenceRoutes(deps, [listedSubjects(subjects)])],
    authenticate: () => async (request) => {
      const actor = actors[String(request.headers['x-test-actor'])]
      return actor && { actor, via: 'key', csrfToken: null, mustChangePassword: false }
    },
  })
}

beforeAll(async () => {
  database = await createTestDatabase()
  await createFirstAdministrator(database)
  dataDir = mkdtempSync(join(tmpdir(), 'shanshui-evidence-'))
  server = await serverWith()
})
afterAll(async () => {
  await server.close()
  await database.drop()
  rmSync(dataDir, { recursive: true })
})

const files = () => join(dataDir, 'evidence', 'files')
const incoming = () => {
  const folder = join(dataDir, 'evidence', 'incoming')
  return existsSync(folder) ? readdirSync(folder) : []
}
async function countOf(sha256: string): Promise<number> {
  const { rows } = await database.db.pool.query<{ n: number }>(
    'select count(*)::int as n from evidence where sha256 = $1',
    [sha256],
  )
  return rows[0]?.n ?? 0
}

describe('an upload', () => {
  test('arrives in pieces, becomes evidence at the last byte, and its hash is in the audit chain', async () => {
    const bytes = await picture({ takenAt: '2026:03:02 10:20:00', ...plant }, 1)
    const started = await begin(by('bureau'), bytes, { subject: on(1), demand: 'site-photo' })
    expect(started).toMatchObject({ status: 200, body: { offset: 0, bytes: bytes.length, evidence: null } })
    const half = Math.floor(bytes.length / 2)
    const first = await sendPiece(by('bureau'), started.body.id, 0, bytes.subarray(0, half))
    expect(first.body).toMatchObject({ offset: half, evidence: null })
    const head = await server.app.inject({
      method: 'HEAD',
      url: `/api/v1/evidence/uploads/${started.body.id}`,
      headers: { 'x-test-actor': 'bureau' },
    })
    expect(head.headers['upload-offset']).toBe(String(half))
    const last = await sendPiece(by('bureau'), started.body.id, half, bytes.subarray(half))
    expect(last.body.evidence).toMatchObject({
      kind: 'photo',
      mediaType: 'image/jpeg',
      sha256: sha256Of(bytes),
      located: true,
      verdict: 'fits',
      takenFrom: 'exif',
      placeFrom: 'exif',
      findings: [],
      scan: 'not-scanned',
      thumbnail: true,
      mayWithdraw: true,
    })
    expect(readFileSync(storedPath(files(), sha256Of(bytes)))).toEqual(bytes)
    expect(incoming()).toEqual([])
    const { rows } = await database.db.pool.query(
      `select detail ->> 'sha256' as sha256 from audit where action = 'evidence.added' and object = $1`,
      [`evidence:${last.body.evidence.id}`],
    )
    expect(rows).toEqual([{ sha256: sha256Of(bytes) }])
  })

  test('begun again goes on where it stood; sent again when complete it is the same evidence', async () => {
    const bytes = await picture({}, 2)
    const started = await begin(by('bureau'), bytes, { subject: on(1) })
    await sendPiece(by('bureau'), started.body.id, 0, bytes.subarray(0, 100))
    const again = await begin(by('bureau'), bytes, { subject: on(1) })
    expect(again.body).toMatchObject({ id: started.body.id, offset: 100 })
    const list = (await get('bureau', '/evidence/uploads')).json()
    expect(list.items.map((item: { id: number }) => item.id)).toEqual([started.body.id])
    const done = await upload(by('bureau'), bytes, { subject: on(1) })
    const third = await begin(by('bureau'), bytes, { subject: on(1) })
    expect(third.body.evidence.id).toBe(done.body.id)
    expect(await countOf(sha256Of(bytes))).toBe(1)
  })

  test('a piece at the wrong place is refused with the right one; a piece replayed changes nothing', async () => {
    const bytes = await picture({}, 3)
    const { body } = await begin(by('bureau'), bytes, { subject: on(1) })
    expect(await sendPiece(by('bureau'), body.id, 50, bytes.subarray(50, 100))).toMatchObject({
      status: 409,
      body: { code: 'evidence.offset-differs', offset: 0 },
    })
    await sendPiece(by('bureau'), body.id, 0, bytes.subarray(0, 100))
    expect(await sendPiece(by('bureau'), body.id, 0, Buffer.alloc(100, 7))).toMatchObject({
      status: 409,
      body: { code: 'evidence.offset-differs', offset: 100 },
    })
    const last = await sendPiece(by('bureau'), body.id, 100, bytes.subarray(100))
    expect(last.body.evidence.sha256).toBe(sha256Of(bytes))
  })

  test('many senders of the last piece at once make one row', async () => {
    const bytes = await picture({}, 4)
    const { body } = await begin(by('bureau'), bytes, { subject: on(1) })
    await sendPiece(by('bureau'), body.id, 0, bytes.subarray(0, bytes.length - 1))
    const rest = bytes.subarray(bytes.length - 1)
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, () => sendPiece(by('bureau'), body.id, bytes.length - 1, rest)),
      ...Array.from({ length: 3 }, () => begin(by('bureau'), bytes, { subject: on(1) })),
    ])
    expect(answers.filter((a) => a.status === 200).length).toBeGreaterThan(0)
    expect(await countOf(sha256Of(bytes))).toBe(1)
    expect(answers.every((a) => a.status < 500)).toBe(true)
  })

  test('killed between the last piece and completion, it is completed when it is begun again', async () => {
    const bytes = await picture({}, 5)
    const { body } = await begin(by('bureau'), bytes, { subject: on(1) })
    await sendPiece(by('bureau'), body.id, 0, bytes.subarray(0, 200))
    // What the process leaves when it dies after the bytes are on the disk and their offset is committed.
    const part = join(dataDir, 'evidence', 'incoming', `${body.id}.part`)
    writeFileSync(part, Buffer.concat([bytes, Buffer.from('half written piece of another try')]))
    await database.db.pool.query('update evidence_upload set received = bytes where id = $1', [body.id])
    const other = await serverWith()
    const again = await begin({ app: other.app, who: 'bureau' }, bytes, { subject: on(1) })
    expect(again.body.evidence.sha256).toBe(sha256Of(bytes))
    await other.close()
    expect(await countOf(sha256Of(bytes))).toBe(1)
  })

  test('a piece that was half on the disk before a crash is written over', async () => {
    const bytes = await picture({}, 6)
    const { body } = await begin(by('bureau'), bytes, { subject: on(1) })
    await sendPiece(by('bureau'), body.id, 0, bytes.subarray(0, 100))
    const part = join(dataDir, 'evidence', 'incoming', `${body.id}.part`)
    writeFileSync(part, Buffer.concat([bytes.subarray(0, 100), Buffer.alloc(5_000, 1)]))
    const last = await sendPiece(by('bureau'), body.id, 100, bytes.subarray(100))
    expect(last.body.evidence.sha256).toBe(sha256Of(bytes))
  })

  test('what does not have the claimed hash is refused and forgotten', async () => {
    const bytes = await picture({}, 7)
    const { body } = await begin(by('bureau'), bytes, { subject: on(1), sha256: 'a'.repeat(64) })
    const refused = await sendPiece(by('bureau'), body.id, 0, bytes)
    expect(refused).toMatchObject({ status: 422, body: { code: 'evidence.hash-differs' } })
    expect((await get('bureau', `/evidence/uploads/${body.id}`)).statusCode).toBe(404)
    expect(incoming()).not.toContain(`${body.id}.part`)
  })

  test('sizes are held to: stated too large, more bytes than stated, a piece beyond the limit of a piece', async () => {
    const huge = await begin(by('bureau'), Buffer.alloc(1), { subject: on(1), bytes: 9 * 1_048_576 })
    expect(huge).toMatchObject({ status: 413, body: { code: 'evidence.too-large' } })
    const bytes = Buffer.from('%PDF-1.7 small')
    const { body } = await begin(by('bureau'), bytes, { subject: on(1) })
    const more = await sendPiece(by('bureau'), body.id, 0, Buffer.concat([bytes, bytes]))
    expect(more).toMatchObject({ status: 413, body: { code: 'evidence.too-large' } })
    const big = await sendPiece(by('bureau'), body.id, 0, Buffer.alloc(4 * 1_048_576 + 1))
    expect(big).toMatchObject({ status: 413, body: { code: 'request.body-too-large' } })
    const gone = await server.app.inject({
      method: 'DELETE',
      url: `/api/v1/evidence/uploads/${body.id}`,
      headers: { 'x-test-actor': 'bureau' },
    })
    expect(gone.statusCode).toBe(204)
    expect((await get('bureau', `/evidence/uploads/${body.id}`)).statusCode).toBe(404)
  })

  test('a person has a limited number of unfinished uploads, which expire', async () => {
    const ids: number[] = []
    for (let i = 0; i < 4; i++) {
      const { body } = await begin(by('handler'), await picture({}, 20 + i), { subject: on(2) })
      ids.push(body.id)
    }
    const fifth = await begin(by('handler'), await picture({}, 24), { subject: on(2) })
    expect(fifth).toMatchObject({ status: 429, body: { code: 'evidence.uploads-too-many' } })
    await sendPiece(by('handler'), ids[0] as number, 0, Buffer.alloc(10))
    clock.advance(73 * 3_600_000)
    const worker = startEvidenceWorker(server.deps)
    expect(await worker.runOnce()).toMatchObject({ expired: expect.any(Number) })
    await worker.stop()
    expect((await get('handler', `/evidence/uploads/${ids[0]}`)).statusCode).toBe(404)
    expect(incoming()).toEqual([])
    clock.advance(-73 * 3_600_000)
  })
})

describe('what a file is', () => {
  test('is decided by its bytes; the name follows them', async () => {
    const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    const done = await upload(by('bureau'), png, { subject: on(1), name: 'report.pdf' })
    expect(done.body).toMatchObject({ mediaType: 'image/png', kind: 'photo', fileName: 'report.pdf.png' })
  })

  test.each([
    ['a page', 'a.html', Buffer.from('<!doctype html><script>alert(1)</script>')],
    [
      'a drawing with a script',
      'a.svg',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'),
    ],
    ['an archive', 'a.zip', Buffer.from('PK\x03\x04 no office document')],
    ['a program', 'a.jpg', Buffer.from('MZ\x90\x00 program')],
    ['control characters called text', 'a.txt', Buffer.from([65, 0, 66])],
  ])('%s is refused', async (_, name, bytes) => {
    const refused = await upload(by('bureau'), bytes, { subject: on(1), name })
    expect(refused).toMatchObject({ status: 415, body: { code: 'evidence.type-refused' } })
    expect(await countOf(sha256Of(bytes))).toBe(0)
  })

  test('a document of Office is looked into', async () => {
    const docx = await Packer.toBuffer(
      new Document({ sections: [{ children: [new Paragraph('整改报告')] }] }),
    )
    const done = await upload(by('bureau'), docx, { subject: on(1), name: '整改报告.docx' })
    expect(done.body).toMatchObject({ kind: 'document', fileName: '整改报告.docx', thumbnail: false })
    const content = await get('bureau', `/evidence/${done.body.id}/content`)
    expect(content.headers['content-disposition']).toContain('attachment')
    expect(content.rawPayload.equals(docx)).toBe(true)
  })

  test('a picture may stand for a scanned paper, a film may not', async () => {
    const bytes = await picture({}, 30)
    const done = await upload(by('bureau'), bytes, { subject: on(1), kind: 'document' })
    expect(done.body).toMatchObject({ kind: 'document', findings: [], verdict: 'unknown', located: false })
  })

  test('a picture that is a page as well is served as a picture that nothing runs', async () => {
    const polyglot = Buffer.concat([
      await picture({}, 31),
      Buffer.from('<html><script>alert(document.cookie)</script>'),
    ])
    const done = await upload(by('bureau'), polyglot, { subject: on(1), name: 'x.html' })
    expect(done.body.fileName).toBe('x.html.jpg')
    const { headers } = await get('bureau', `/evidence/${done.body.id}/content`)
    expect(headers['content-type']).toBe('image/jpeg')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-security-policy']).toContain('sandbox')
  })

  test('names are only shown: no path, no control characters, no reversed direction', async () => {
    const names = [
      ['../../../../etc/passwd.jpg', 'passwd.jpg'],
      ['C:\\windows\\win.jpg', 'win.jpg'],
      ['a\u202egpj.exe.jpg', 'agpj.exe.jpg'],
      ['..', '未命名.jpg'],
    ] as const
    for (const [i, [name, shown]] of names.entries()) {
      const done = await upload(by('bureau'), await picture({}, 40 + i), { subject: on(1), name })
      expect(done.body.fileName).toBe(shown)
    }
    expect(readdirSync(join(dataDir, 'evidence')).sort()).toEqual(['files', 'incoming'])
  })
})

describe('time and place', () => {
  const judged = async (tags: object, more: object, seed: number, id = 1) =>
    (await upload(by('bureau'), await picture(tags, seed), { subject: on(id), ...more })).body
  const codes = (item: { findings: { code: string }[] }) => item.findings.map((f) => f.code)

  test('a picture from elsewhere, or of another day than claimed, differs', async () => {
    const far = await judged({ takenAt: '2026:03:02 10:00:00', lon: 105.6, lat: 34.5 }, {}, 50)
    expect(codes(far)).toEqual(['place-differs'])
    expect(far).toMatchObject({ located: false, verdict: 'differs' })
    expect(far.distanceM).toBeCloseTo(9_164, -2)
    const old = await judged(
      { takenAt: '2026:02:20 10:00:00', ...plant },
      { claimedAt: '2026-03-02T10:00:00+08:00' },
      51,
    )
    expect(codes(old)).toEqual(['time-differs'])
    const future = await judged({ takenAt: '2026:03:05 10:00:00', ...plant }, {}, 52)
    expect(codes(future)).toEqual(['time-after-upload'])
  })

  test('without EXIF the device says when and where, and both are kept', async () => {
    const device = { at: '2026-03-02T10:25:00+08:00', lon: 105.5001, lat: 34.5001, accuracyM: 12 }
    const fixed = await judged({}, { device }, 53)
    expect(fixed).toMatchObject({
      located: true,
      verdict: 'fits',
      takenFrom: 'device',
      placeFrom: 'device',
      exif: null,
      device: { lon: 105.5001, accuracyM: 12 },
    })
    expect(codes(fixed)).toEqual(['no-exif'])
    const vague = await judged({}, { device: { ...device, accuracyM: 3_000 } }, 54)
    expect(vague).toMatchObject({ located: false, verdict: 'unknown' })
    const both = await judged({ takenAt: '2026:03:02 10:24:00', lon: 105.52, lat: 34.5 }, { device }, 55)
    expect(codes(both)).toEqual(['place-differs', 'device-exif-differ'])
  })

  test('a picture that says nothing of itself is not located, whatever is claimed', async () => {
    const claimed = await judged(
      {},
      { claimedAt: '2026-03-02T10:00:00+08:00', claimedLon: 105.5, claimedLat: 34.5 },
      56,
    )
    expect(claimed).toMatchObject({
      located: false,
      verdict: 'unknown',
      takenFrom: 'claim',
      placeFrom: 'claim',
    })
    expect(codes(claimed)).toEqual(['no-exif', 'no-time', 'no-place'])
  })

  test('a picture out of an editor differs', async () => {
    const edited = await judged(
      { takenAt: '2026:03:02 10:20:00', ...plant, software: 'Adobe Photoshop 25.0' },
      {},
      57,
    )
    expect(codes(edited)).toEqual(['edited'])
    expect(edited.exif.software).toBe('Adobe Photoshop 25.0')
  })

  test('the tolerance is a setting with its source, changed with a reason', async () => {
    const { items } = (await get('bureau', '/evidence/settings')).json()
    expect(items.map((s: { name: string }) => s.name)).toEqual([
      'device.metres',
      'place.metres',
      'time.minutes',
    ])
    expect(new Set(items.map((s: { status: string }) => s.status))).toEqual(new Set(['design']))
    const change = { value: 20_000, version: 1, reason: '矿区范围大' }
    const put = (who: string, payload: object) =>
      server.app.inject({
        method: 'PUT',
        url: '/api/v1/evidence/settings/place.metres',
        headers: { 'x-test-actor': who },
        payload,
      })
    expect((await put('bureau', change)).statusCode).toBe(403)
    actors.source = testActor('source', { userId: 8 })
    expect((await put('source', change)).json()).toMatchObject({ value: 20_000, version: 2 })
    expect((await put('source', change)).statusCode).toBe(412)
    const far = await judged({ takenAt: '2026:03:02 10:00:00', lon: 105.6, lat: 34.5 }, {}, 58)
    expect(far.verdict).toBe('fits')
    await put('source', { value: 500, version: 2, reason: '恢复' })
  })
})

describe('who sees it', () => {
  const ids: Record<string, number> = {}
  beforeAll(async () => {
    const add = async (name: string, who: string, subject: number, seed: number, more = {}) => {
      const done = await upload(by(who), await picture({}, seed), { subject: on(subject), ...more })
      expect(done.status).toBe(200)
      ids[name] = done.body.id
    }
    await add('shown', 'bureau', 1, 60)
    await add('internal', 'bureau', 1, 61, { internal: true })
    await add('hidden', 'handler', 2, 62)
    await add('foreign', 'bureau', 3, 63)
    await add('own', 'plant', 1, 64)
  })
  const seenBy = async (who: string) => {
    const seen: string[] = []
    for (const [name, id] of Object.entries(ids)) {
      const [item, content, thumbnail, verify] = await Promise.all(
        ['', '/content', '/thumbnail', '/verify'].map((part) => get(who, `/evidence/${id}${part}`)),
      )
      const codes = [item, content, thumbnail, verify].map((a) => a?.statusCode)
      expect(new Set(codes).size, `${who} ${name} ${codes}`).toBe(1)
      if (codes[0] === 200) seen.push(name)
    }
    return seen
  }

  test('parties and the area’s overseers see everything of theirs, the enterprise what is shown to it', async () => {
    expect(await seenBy('bureau')).toEqual(['shown', 'internal', 'hidden', 'foreign', 'own'])
    expect(await seenBy('handler')).toEqual(['shown', 'internal', 'hidden', 'own'])
    expect(await seenBy('plant')).toEqual(['shown', 'own'])
    expect(await seenBy('other')).toEqual(['foreign'])
  })

  test('a department that is no party sees nothing, guess as it may; nor does a reader without the right', async () => {
    expect(await seenBy('department')).toEqual([])
    expect((await get('department', '/evidence?subjectKind=matter&subjectId=1')).statusCode).toBe(404)
  })

  test('a list holds the own view of a subject', async () => {
    const list = async (who: string) =>
      (await get(who, '/evidence?subjectKind=matter&subjectId=1'))
        .json()
        .items.map((i: { id: number }) => i.id)
    expect(await list('plant')).not.toContain(ids.internal)
    expect(await list('handler')).toContain(ids.internal)
  })

  test('nobody adds to what they do not see, to what is closed, or to what does not exist', async () => {
    const bytes = await picture({}, 65)
    for (const [who, id, code] of [
      ['department', 1, 'evidence.subject-unknown'],
      ['other', 1, 'evidence.subject-unknown'],
      ['plant', 2, 'evidence.subject-unknown'],
      ['bureau', 99, 'evidence.subject-unknown'],
      ['bureau', 4, 'evidence.subject-closed'],
    ] as const)
      expect((await begin(by(who), bytes, { subject: on(id) })).body.code).toBe(code)
  })

  test('another person’s upload is neither seen, continued nor abandoned', async () => {
    const bytes = await picture({}, 66)
    const { body } = await begin(by('bureau'), bytes, { subject: on(1) })
    expect((await sendPiece(by('plant'), body.id, 0, bytes)).status).toBe(404)
    expect((await get('plant', `/evidence/uploads/${body.id}`)).statusCode).toBe(404)
    const gone = await server.app.inject({
      method: 'DELETE',
      url: `/api/v1/evidence/uploads/${body.id}`,
      headers: { 'x-test-actor': 'plant' },
    })
    expect(gone.statusCode).toBe(404)
    expect((await upload(by('bureau'), bytes, { subject: on(1) })).status).toBe(200)
  })

  test('the database itself refuses a row in another organization’s or person’s name', async () => {
    const forge = (userId: number, organizationId: number) =>
      database.db.asActor(actors.plant as Actor, (trx) =>
        trx.query(
          `insert into evidence (subject_kind, subject_id, kind, title, file_name, media_type, bytes, sha256, region_code,
             owner_id, parties, shown_to_owner, internal, located, verdict, findings, scan, uploaded_at, user_id, organization_id)
           values ('matter', 1, 'photo', 'x', 'x', 'image/jpeg', 1, $1, 629001, 40, '{}', true, false, false, 'unknown',
             '[]', 'not-scanned', now(), $2, $3)`,
          ['b'.repeat(64), userId, organizationId],
        ),
      )
    await expect(forge(4, 1)).rejects.toThrow(/row-level security/)
    await expect(forge(1, 40)).rejects.toThrow(/row-level security/)
    const change = database.db.asActor(actors.plant as Actor, (trx) =>
      trx.query('update evidence set located = true where id = $1', [ids.own]),
    )
    await expect(change).rejects.toThrow(/permission denied/)
  })

  test('when the matter changes hands, its evidence does', async () => {
    const [subject] = subjects
    await database.db.asActor(actors.bureau as Actor, (trx) =>
      shareEvidence(trx, { ...subject, parties: [1, 2, 3], shownToOwner: false }),
    )
    expect(await seenBy('department')).toEqual(['shown', 'internal', 'own'])
    expect(await seenBy('plant')).toEqual(['own'])
    await database.db.asActor(actors.bureau as Actor, (trx) => shareEvidence(trx, subject))
  })
})

describe('withdrawing', () => {
  test('keeps the file with the reason, and it no longer counts', async () => {
    const bytes = await picture({}, 70)
    const { body } = await upload(by('handler'), bytes, { subject: on(2) })
    const counted = async () =>
      (await database.db.asActor(actors.handler as Actor, (trx) => evidenceOf(trx, on(2)))).map((e) => e.id)
    expect(await counted()).toContain(body.id)
    const refused = await post('bureau', `/evidence/${body.id}/withdraw`, { reason: '拍错' })
    expect(refused.statusCode).toBe(403)
    const done = await post('handler', `/evidence/${body.id}/withdraw`, { reason: '拍错了排口' })
    expect(done.json()).toMatchObject({ withdrawn: { reason: '拍错了排口' }, mayWithdraw: false })
    expect(await counted()).not.toContain(body.id)
    expect((await get('handler', `/evidence/${body.id}/content`)).statusCode).toBe(200)
    expect((await post('handler', `/evidence/${body.id}/withdraw`, { reason: '再来' })).statusCode).toBe(409)
    const again = await upload(by('handler'), bytes, { subject: on(2) })
    expect(again.body.id).not.toBe(body.id)
  })
})

describe('the file', () => {
  test('is handed out in ranges, with its hash as its version', async () => {
    const bytes = await picture({}, 80)
    const { body } = await upload(by('bureau'), bytes, { subject: on(1) })
    const url = `/evidence/${body.id}/content`
    const whole = await get('bureau', url)
    expect(whole.rawPayload.equals(bytes)).toBe(true)
    expect(whole.headers).toMatchObject({
      'content-length': String(bytes.length),
      'accept-ranges': 'bytes',
      etag: `"${sha256Of(bytes)}"`,
    })
    const part = await get('bureau', url, { range: 'bytes=10-19' })
    expect(part.statusCode).toBe(206)
    expect(part.headers['content-range']).toBe(`bytes 10-19/${bytes.length}`)
    expect(part.rawPayload.equals(bytes.subarray(10, 20))).toBe(true)
    const tail = await get('bureau', url, { range: 'bytes=-5' })
    expect(tail.rawPayload.equals(bytes.subarray(-5))).toBe(true)
    const outside = await get('bureau', url, { range: `bytes=${bytes.length}-` })
    expect([outside.statusCode, outside.headers['content-range']]).toEqual([416, `bytes */${bytes.length}`])
    const same = await get('bureau', url, { 'if-none-match': `"${sha256Of(bytes)}"` })
    expect(same.statusCode).toBe(304)
    const attached = await get('bureau', `${url}?download=true`)
    expect(attached.headers['content-disposition']).toMatch(/^attachment/)
  })

  test('has a small picture without the metadata of the original', async () => {
    const bytes = await picture({ takenAt: '2026:03:02 10:20:00', ...plant }, 81)
    const { body } = await upload(by('bureau'), bytes, { subject: on(1) })
    const small = await get('bureau', `/evidence/${body.id}/thumbnail`)
    expect(small.headers['content-type']).toBe('image/webp')
    const meta = await sharp(small.rawPayload).metadata()
    expect([meta.width, meta.height, meta.exif]).toEqual([320, 240, undefined])
  })

  test('a picture of too many pixels is not decoded', async () => {
    const bomb = pngClaiming(30_000)
    const { body } = await upload(by('bureau'), bomb, { subject: on(1), name: 'bomb.png' })
    const refused = await get('bureau', `/evidence/${body.id}/thumbnail`)
    expect(refused.json()).toMatchObject({ code: 'evidence.no-thumbnail', detail: /pixel limit/ })
  })

  test('is verified against the audit chain: a changed file is found, and a missing one', async () => {
    const bytes = await picture({}, 82)
    const { body } = await upload(by('bureau'), bytes, { subject: on(1) })
    const verify = async () => (await get('bureau', `/evidence/${body.id}/verify`)).json()
    expect(await verify()).toMatchObject({ ok: true, audited: sha256Of(bytes), computed: sha256Of(bytes) })
    const path = storedPath(files(), sha256Of(bytes))
    const changed = Buffer.from(bytes)
    changed[500] = (changed[500] ?? 0) ^ 1
    await chmod(path, 0o600)
    writeFileSync(path, changed)
    expect(await verify()).toMatchObject({ ok: false, computed: sha256Of(changed) })
    rmSync(path)
    expect(await verify()).toMatchObject({ ok: false, computed: null })
    expect((await get('bureau', `/evidence/${body.id}/content`)).json().code).toBe(
      'evidence.store-unavailable',
    )
  })
})

describe('the scanner', () => {
  const script = async (name: string, code: string) => {
    const path = join(dataDir, name)
    writeFileSync(path, `#!/bin/sh\n${code}\n`)
    await chmod(path, 0o700)
    return path
  }

  test('an infected file is quarantined: kept, not served, not counted', async () => {
    const scanner = await script('infected.sh', 'grep -q VIRUS "$2" && exit 1 || exit 0')
    const scanning = await serverWith({ evidenceScanCommand: `${scanner} --quick` })
    const bad = Buffer.from('%PDF-1.7 VIRUS; $(touch /tmp/never)')
    const sender = { app: scanning.app, who: 'bureau' }
    const { body } = await upload(sender, bad, { subject: on(1), name: '$(touch x); a.pdf' })
    expect(body).toMatchObject({ scan: 'infected', viewable: false })
    expect((await get('bureau', `/evidence/${body.id}/content`)).json().code).toBe('evidence.quarantined')
    expect(existsSync(storedPath(files(), sha256Of(bad)))).toBe(false)
    expect(readdirSync(join(dataDir, 'evidence', 'quarantine'))).toEqual([sha256Of(bad)])
    const counted = await database.db.asActor(actors.bureau as Actor, (trx) => evidenceOf(trx, on(1)))
    expect(counted.map((e) => e.id)).not.toContain(body.id)
    const good = await upload(sender, Buffer.from('%PDF-1.7 fine'), { subject: on(1), name: 'a.pdf' })
    expect(good.body).toMatchObject({ scan: 'clean', viewable: true })
    await scanning.close()
  })

  test('a scanner that gives no verdict keeps the file waiting until it does', async () => {
    const scanner = await script('broken.sh', 'exit 2')
    const scanning = await serverWith({ evidenceScanCommand: scanner })
    const bytes = Buffer.from('%PDF-1.7 waits')
    const sender = { app: scanning.app, who: 'bureau' }
    const { body } = await upload(sender, bytes, { subject: on(1), name: 'b.pdf' })
    expect(body).toMatchObject({ scan: 'waiting', viewable: false })
    const worker = startEvidenceWorker(scanning.deps)
    expect(await worker.runOnce()).toMatchObject({ scanned: 0 })
    await script('broken.sh', 'exit 0')
    expect(await worker.runOnce()).toMatchObject({ scanned: 1 })
    await worker.stop()
    expect((await get('bureau', `/evidence/${body.id}`)).json()).toMatchObject({
      scan: 'clean',
      viewable: true,
    })
    await scanning.close()
  })
})
