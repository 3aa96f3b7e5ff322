/** The codes in a picture, as octets: what is in them is read elsewhere. */
import { decodeQR, decodeQRBatch } from 'qr/decode.js'

/** A picture: four octets for each pixel, the last of which is not looked at. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array | Uint8ClampedArray
}

/** Of a picture in a file, in pixels; a larger one is made smaller. */
const LONGEST_SIDE = 2400
/** Of a picture in a file, in octets. */
const LARGEST_FILE = 32 * 1024 * 1024

/** Octets as characters below U+0100, whatever encoding the code says that they are: nothing is lost. */
const textDecoder = (octets: Uint8Array): string => {
  let text = ''
  for (const octet of octets) text += String.fromCharCode(octet)
  return text
}
const octetsOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text, (character) => character.charCodeAt(0))

/** Returns the octets of a code in the picture, as from a camera: in about 5 ms for 1280 by 720; null if none is read. Never throws. */
export function readPicture(pixels: Pixels): Uint8Array<ArrayBuffer> | null {
  try {
    return octetsOf(decodeQR(pixels, { textDecoder, timeLimit: 100 }))
  } catch {
    return null
  }
}

/** Returns the octets of every code in a picture that somebody chose. */
export async function readWholePicture(pixels: Pixels): Promise<Uint8Array<ArrayBuffer>[]> {
  const { width, height } = pixels
  const [found = []] = await decodeQRBatch([pixels], { textDecoder, maxSize: { width, height } })
  return found.filter((each) => typeof each === 'string').map(octetsOf)
}

/** Returns the codes in a file; null if the browser does not read it as a picture, or it is too large. */
export async function codesIn(file: Blob): Promise<Uint8Array<ArrayBuffer>[] | null> {
  if (file.size > LARGEST_FILE) return null
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (!bitmap) return null
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const context = canvas.getContext('2d')
  if (!context) return null
  // What is transparent is paper.
  context.fillStyle = 'white'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return readWholePicture(context.getImageData(0, 0, canvas.width, canvas.height))
}
