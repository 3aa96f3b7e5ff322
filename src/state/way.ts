/** How a file leaves: into the browser's downloads, or as QR codes on the screen. */
export type Way = 'file' | 'qr'

let way: Way = 'file'

/** The way of what is being started now. */
export const wayNow = (): Way => way

/** Starts `act`, the files of which leave as codes; what it starts later, and others start meanwhile, leaves as before. */
export function byQr(act: () => void): void {
  way = 'qr'
  try {
    act()
  } finally {
    way = 'file'
  }
}
