import type { CameraFault } from '../../qr/camera.ts'
import type { FrameFault } from '../../qr/frame.ts'
import type { MessageFault } from '../../qr/message.ts'
import { count, number, size } from './format.ts'

const parts = (n: number): string => count(n, 'part')
const seconds = (n: number): string =>
  n < 90 ? count(Math.max(1, Math.round(n)), 'second') : count(Math.round(n / 60), 'minute')

/** A file as QR codes, on one screen and before the other's camera. */
export const qrWords = {
  show: {
    title: (name: string) => `${name} by QR`,
    octets: (octets: number) => size(octets),
    choose: 'Choose a file to show',
    chooseTitle: 'Show a file as QR codes',
    chooseHint: (most: number) =>
      `It is shown on this screen alone, for the camera of another computer. It may have ${size(most)}.`,
    code: (name: string) => `QR code with ${name}`,
    frame: (at: number, all: number) => `Code ${number(at)}. The file has ${parts(all)}.`,
    once: (time: number) =>
      `All parts are shown once in ${seconds(time)}. Then go on: what the camera missed is made up for by the codes that follow, which never end.`,
    plain: 'One code, with the text as it is. Any telephone reads it.',
    single: 'One code. Rootcellar reads it.',
    how: 'On the other computer, open Rootcellar, choose “Read by QR” and hold this screen before its camera.',
    words: 'SHA-256 of the file. Compare it with what the other screen shows at the end.',
    pause: 'Pause',
    go: 'Go on',
    start: 'Start',
    next: 'Next code',
    still:
      'Your system asks for less motion, so the codes do not change by themselves. Start them, or show one after the other.',
    speed: 'Codes a second',
    speeds: (n: number) => number(n),
    density: 'Size of the squares',
    densities: {
      coarse: 'Large: for a poor camera',
      medium: 'Medium',
      fine: 'Small: faster',
      finest: 'Smallest: for a good camera',
    },
    changed: 'Another size begins again: the parts are different ones.',
    tooLarge: (octets: number, most: number) =>
      `This file has ${size(octets)}, and at most ${size(most)} are shown as QR codes. Save it, and carry it on a medium.`,
    save: 'Save the file',
    saved: (name: string) => `${name} was saved.`,
  },
  read: {
    title: 'Read by QR',
    camera: 'What the camera sees',
    starting: 'The browser asks whether this page may use the camera. Allow it.',
    looking: 'Hold the code before the camera, so that it fills most of the picture.',
    which: 'Camera',
    useCamera: 'Use the camera',
    unnamed: (n: number) => `Camera ${number(n)}`,
    progress: (rank: number, all: number) => `${number(rank)} of ${parts(all)}`,
    missing: (missing: number) =>
      `${parts(missing)} missing: ${count(missing, 'more code')}, or a few more, whichever are shown.`,
    of: (octets: number) => `About ${size(octets)}.`,
    others: (rank: number, all: number) =>
      `Another file is in view: ${number(rank)} of ${parts(all)}. It changes nothing here.`,
    instead: 'Read that one instead',
    otherCode: 'A code was in view that is no part of this file. It was not used.',
    again: 'Start again',
    pictures: 'Choose pictures of codes',
    picturesHint: 'Or drop pictures or screenshots here, in any order.',
    none: (name: string) => `${name}: no QR code was found in it. Take it closer, sharper and straight.`,
    noPicture: (name: string) =>
      `${name}: the browser does not read it as a picture, or it has more than 32 MB.`,
    retry: 'Try the camera again',
    done: (name: string, octets: number) => `${name} is here, with ${size(octets)}.`,
    words: 'SHA-256 of the file. Compare it with the words on the other screen before you use it.',
    use: 'Use this file',
    another: 'Read another',
  },
  camera: {
    absent:
      'No camera was found, or it was taken away. Connect one and try again, or choose pictures of the codes.',
    refused:
      'The camera may not be used by this page. Allow it in the browser’s settings for this page, and try again; or choose pictures of the codes.',
    busy: 'The camera does not start: another program may be using it. Close that, and try again; or choose pictures of the codes.',
    insecure:
      'The browser gives no camera to a page that came over an unprotected connection. Open Rootcellar as a file or over HTTPS, or choose pictures of the codes.',
    failed:
      'The camera does not start, and the browser does not say why. Choose pictures of the codes instead.',
  } satisfies Record<CameraFault, string>,
  /** Why a code was not used. */
  faults: {
    version: 'This code is of another version of Rootcellar. Use the same version on both computers.',
    characters: 'A code was damaged: it has characters that no such code has. It was not used.',
    short: 'A code was damaged: its end is missing. It was not used.',
    long: 'A code was damaged: it is longer than it says. It was not used.',
    checksum: 'A code was damaged: its checksum does not match. It was not used.',
    size: 'A code says that its parts have no octets, or more than 1,200. It was not made by Rootcellar, and was not used.',
    length:
      'A code says that the file is empty, or larger than 1 MB. It was not made by Rootcellar, and was not used.',
    parts:
      'A code says that the file has more than 4,096 parts. It was not made by Rootcellar, and was not used.',
    clash: 'A code contradicts those before it about the size of the file. It was not used.',
    hash: 'All parts are here, but they are not the file that was sent: its SHA-256 is another. A code among them was false. Nothing was kept; hold the codes before the camera again.',
    name: 'The file is here, but its name is none that a file can have. It was not made by Rootcellar, and nothing was kept.',
  } satisfies Record<FrameFault | MessageFault | 'clash', string>,
}
