import source from 'virtual:typefaces-source'
import { CodedError } from '../errors.ts'
import { fromBase64 } from '../octets.ts'
import { isPacked, packText } from './packs.ts'

/**
 * Gives the document the faces of the pack, as tools/typefaces.ts writes them; until then, and if this rejects, the system's
 * faces are used. Made from octets, they are fetched from nowhere, so the policy needs no `font-src`. Rejects as packText
 * does, and with `pack-broken` for a face that the engine does not take.
 */
export async function openTypefaces(): Promise<void> {
  const text = isPacked ? await packText('typefaces') : source
  const faces = text.split('\n').map((line) => {
    const [family = '', weight = '', unicodeRange = '', base64 = ''] = line.split('\t')
    return new FontFace(family, fromBase64(base64) ?? new Uint8Array(), { weight, unicodeRange })
  })
  await Promise.all(faces.map((face) => face.load())).catch(() => {
    throw new CodedError('pack-broken', { pack: 'typefaces' })
  })
  for (const face of faces) document.fonts.add(face)
}
