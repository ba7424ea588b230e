const SIDE = 240

/** A small picture of a photo as data address, so that it is still seen when the file has left the phone. */
export async function thumbOf(blob: Blob): Promise<string | null> {
  try {
    const picture = await createImageBitmap(blob)
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(picture.width * scale))
    canvas.height = Math.max(1, Math.round(picture.height * scale))
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
    picture.close()
    return canvas.toDataURL('image/jpeg', 0.7)
  } catch {
    return null // a format that this browser does not draw: the file itself is kept all the same
  }
}
