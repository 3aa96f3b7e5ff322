/** A camera that looks for codes. */
import { readPicture } from './picture.ts'

/**
 * Why there is no camera: this computer has none, or it is taken away; access was refused, by the person or by the browser for this page;
 * another program uses it; the page was not opened in a way in which browsers give access; or the browser does not say.
 */
export type CameraFault = 'absent' | 'refused' | 'busy' | 'insecure' | 'failed'

export interface CameraEvents {
  /** The octets of a code in view; the same code again while it is shown is not repeated. */
  readonly oncode: (octets: Uint8Array<ArrayBuffer>) => void
  /** A picture was looked at, with or without a code. */
  readonly onlook?: (hasCode: boolean) => void
  readonly onfault: (fault: CameraFault) => void
}

/** Pixels of the longer side that are looked at: a code of 105 squares still has six for each. */
const LONGEST_SIDE = 1920

const FAULTS: Readonly<Record<string, CameraFault>> = {
  NotFoundError: 'absent',
  OverconstrainedError: 'absent',
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotReadableError: 'busy',
  AbortError: 'busy',
}

/** What opens cameras. Older browsers, and all where a page is not secure, have none. */
const devices = (): MediaDevices | undefined =>
  (navigator as { readonly mediaDevices?: MediaDevices }).mediaDevices

/** Opens a camera, shows it in `video` and reports each code in view. Returns what ends it, at any time; the camera is off afterwards. */
export function openCamera(video: HTMLVideoElement, events: CameraEvents, deviceId?: string): () => void {
  let stream: MediaStream | null = null
  let isOver = false
  const close = (): void => {
    isOver = true
    for (const track of stream?.getTracks() ?? []) track.stop()
    video.srcObject = null
  }
  const fail = (fault: CameraFault): void => {
    if (isOver) return
    close()
    events.onfault(fault)
  }
  const start = async (): Promise<void> => {
    const from = devices()
    if (!from) {
      fail(isSecureContext ? 'absent' : 'insecure')
      return
    }
    const which = deviceId === undefined ? { facingMode: 'environment' } : { deviceId: { exact: deviceId } }
    const opened = await from.getUserMedia({
      audio: false,
      video: { ...which, width: { ideal: 1920 }, height: { ideal: 1080 } },
    })
    stream = opened
    // Closed while it was asked for.
    if (isOver) {
      close()
      return
    }
    for (const track of opened.getTracks()) track.addEventListener('ended', () => fail('absent'))
    video.srcObject = opened
    await video.play()
    look(video, events, () => isOver)
  }
  start().catch((error: unknown) => fail(FAULTS[error instanceof DOMException ? error.name : ''] ?? 'failed'))
  return close
}

/** Returns the cameras that the browser names; it names none before access was given. */
export async function cameras(): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const all =
    (await devices()
      ?.enumerateDevices()
      .catch(() => [])) ?? []
  return all
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
    .map(({ deviceId, label }) => ({ id: deviceId, name: label }))
}

/** The camera that is shown in `video`, by its id; empty if the browser does not say. */
export const cameraOf = ({ srcObject }: HTMLVideoElement): string =>
  srcObject instanceof MediaStream ? (srcObject.getVideoTracks()[0]?.getSettings().deviceId ?? '') : ''

/** Looks at each new picture of the video for as long as it is not over. */
function look(video: HTMLVideoElement, { oncode, onlook }: CameraEvents, isOver: () => boolean): void {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  let last = ''
  const next = (): void => {
    if (isOver()) return
    if (context && video.videoWidth > 0) {
      const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight))
      const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)]
      // Setting them clears the canvas, even to what they are.
      if (canvas.width !== width) canvas.width = width
      if (canvas.height !== height) canvas.height = height
      context.drawImage(video, 0, 0, width, height)
      const octets = readPicture(context.getImageData(0, 0, width, height))
      onlook?.(octets !== null)
      const text = octets?.join() ?? last
      if (octets && text !== last) oncode(octets)
      last = text
    }
    wait(video, next)
  }
  wait(video, next)
}

/** Calls `next` with the next picture; where the browser does not say when (Firefox before 132), as often as most cameras have one. */
function wait(video: HTMLVideoElement, next: () => void): void {
  if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(next)
  else setTimeout(next, 40)
}
