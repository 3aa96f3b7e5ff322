import encodeQr from 'qr'
import { readPicture, type Pixels } from '../../../src/qr/picture.ts'
import { sequenceOf } from '../../../src/qr/sequence.ts'
import { random } from '../../support/random.ts'
import { touch, type Scenario } from '../scenario.ts'

const WIDTH = 1280
const HEIGHT = 720
const PICTURES = 12

/** Pictures of a camera: codes of a file, with grey paper, some noise, and no sharp edges. */
export default async function readPictures(): Promise<Scenario> {
  const bytes = crypto.getRandomValues(new Uint8Array(20_000))
  const { frame } = await sequenceOf({ name: 'record.zip', bytes }, 418)
  const draw = random(1)
  const pictures = Array.from({ length: PICTURES }, (_, number) => pictureOf(frame(number), draw))
  return {
    name: 'read-pictures',
    unit: 'frames of 1280 by 720 pixels',
    ours: () => {
      for (const picture of pictures) if (!readPicture(picture)) throw new Error('a picture was not read')
      return PICTURES
    },
    floor: () => {
      for (const { data } of pictures) {
        let sum = 0
        for (let at = 0; at < data.length; at += 4) sum += data[at]! + 2 * data[at + 1]! + data[at + 2]!
        touch(sum)
      }
      return PICTURES
    },
    peers: {},
  }
}

function pictureOf(text: string, draw: () => number): Pixels {
  const rows = encodeQr(text, 'raw', { ecc: 'low', border: 4 })
  // Not a whole number of pixels for each square, as a camera has it.
  const square = 650 / rows.length
  const [left, top] = [(WIDTH - 650) / 2, (HEIGHT - 650) / 2]
  const isDark = (x: number, y: number): boolean =>
    rows[Math.floor((y - top) / square)]?.[Math.floor((x - left) / square)] ?? false
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4)
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const dark =
        Number(isDark(x, y)) +
        Number(isDark(x + 1, y)) +
        Number(isDark(x, y + 1)) +
        Number(isDark(x + 1, y + 1))
      data.fill(210 - 45 * dark + 24 * (draw() - 0.5), 4 * (y * WIDTH + x), 4 * (y * WIDTH + x) + 3)
    }
  return { width: WIDTH, height: HEIGHT, data }
}
