import { learn } from '../../messages/pack-words.ts'

/** Opens the pack of QR codes with its words. `CodeCamera` reads codes of any kind, for a part of another page. */
export const openQr = async () => {
  const { CodeCamera, QrRoom } = await import('../qr-pages.ts')
  await learn('qr')
  return { CodeCamera, QrRoom }
}
