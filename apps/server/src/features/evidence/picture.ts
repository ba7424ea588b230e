/** Pictures for the annex of a document: smaller, upright, without the metadata of the original. */
import sharp from 'sharp'
import type { Queryable } from '../../platform/db/index.ts'
import { isViewable } from './evidence.present.ts'
import { evidenceById } from './evidence.repository.ts'
import type { EvidenceDeps } from './evidence-deps.ts'
import { hasThumbnail, largestPixels } from './thumbnail.ts'

const annexPixels = 1200

export interface AnnexPicture {
  readonly bytes: Buffer
  readonly width: number
  readonly height: number
}

/** JPEG of a picture that the reader may see; null for other files, and for one that cannot be decoded. */
export async function annexPicture(
  deps: Pick<EvidenceDeps, 'store'>,
  q: Queryable,
  id: number,
): Promise<AnnexPicture | null> {
  const row = await evidenceById(q, id)
  if (row === undefined || !isViewable(row) || !hasThumbnail(row)) return null
  try {
    const pieces: Buffer[] = []
    for await (const piece of await deps.store.open(row.sha256)) pieces.push(piece as Buffer)
    const { data, info } = await sharp(Buffer.concat(pieces), {
      limitInputPixels: largestPixels,
      sequentialRead: true,
    })
      .rotate()
      .resize(annexPixels, annexPixels, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 75 })
      .toBuffer({ resolveWithObject: true })
    return { bytes: data, width: info.width, height: info.height }
  } catch {
    // Its caption and hash still stand in the document.
    return null
  }
}
