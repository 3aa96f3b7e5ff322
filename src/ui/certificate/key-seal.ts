/** A picture and some words derived from a SHA-256, the same wherever the same key appears. */
import { SEAL_WORDS } from '../../messages/seal-words.ts'

export interface SealDrawing {
  /** Scalloped rim, drawn as a closed path on a field from −50 to 50. */
  readonly rim: string
  readonly rosettes: readonly { readonly path: string; readonly color: string }[]
  /** One path for all: a page may show a hundred seals. */
  readonly beads: { readonly path: string; readonly color: string }
  readonly core: { readonly path: string; readonly color: string }
}

const KEPT = 200
const drawn = new Map<string, SealDrawing>()

/** Like drawSeal, but cached: a key is drawn once for all its certificates. */
export function keptSeal(hash: Uint8Array): SealDrawing {
  const name = hash.join()
  const seal = drawn.get(name) ?? drawSeal(hash)
  if (drawn.size >= KEPT) drawn.clear()
  drawn.set(name, seal)
  return seal
}

/** `hash`: the 32 octets of SHA-256 of the SubjectPublicKeyInfo. Each part of the drawing uses octets of its own. */
export function drawSeal(hash: Uint8Array): SealDrawing {
  const octet = (i: number): number => hash[i] ?? 0
  const hue = Math.floor(octet(0) / 16) * 22.5
  // The second hue keeps its distance, so that the layers can be distinguished.
  const second = hue + 75 + (octet(1) % 13) * 17.5
  const scallops = 12 + (octet(2) % 13)
  return {
    rim: wave(46, 2.2, scallops, 0),
    rosettes: [
      { path: wave(27, 4 + (octet(3) % 5) * 2, 3 + (octet(4) % 7), octet(5)), color: color(hue, 0.56) },
      { path: wave(22, 3 + (octet(6) % 6) * 2, 4 + (octet(7) % 8), octet(8)), color: color(second, 0.6) },
      { path: wave(17, 2 + (octet(9) % 5) * 1.6, 5 + (octet(10) % 9), octet(11)), color: color(hue, 0.66) },
    ],
    beads: { path: beads(hash.subarray(12, 16)), color: color(second, 0.56) },
    core: {
      path: star(3 + (octet(16) % 6), 4 + (octet(17) % 4), 9 + (octet(18) % 3), octet(19)),
      color: color(second, 0.5),
    },
  }
}

/** Returns the seal as a file of its own: an icon, on a light ground or a dark one. */
export function sealIcon(hash: Uint8Array): string {
  const { rim, rosettes, beads, core } = keptSeal(hash)
  const path = (d: string, rest: string): string => `<path d="${d}" ${rest}/>`
  const alone = (color: string): string => color.replace(/calc\(([\d.]+) [^)]*\)\)/, '$1')
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-50 -50 100 100">',
    path(rim, 'fill="white" stroke="oklch(0.62 0.01 260)" stroke-width="3"'),
    path(beads.path, `fill="${alone(beads.color)}"`),
    ...rosettes.map(({ path: d, color }) =>
      path(d, `fill="${alone(color)}" fill-opacity="0.35" stroke="${alone(color)}" stroke-width="3"`),
    ),
    path(core.path, `fill="${alone(core.color)}"`),
    '</svg>',
  ].join('')
}

/** Returns `count` words (two to four) of 8 bits each, from the first octets of the hash. */
export function sealWords(hash: Uint8Array, count = 4): string {
  return [...hash.subarray(0, count)].map((octet) => SEAL_WORDS[octet] ?? '').join(' ')
}

/** A tint of the style sheet lifts it from a dark ground. */
const color = (hue: number, lightness: number): string =>
  `oklch(calc(${lightness} + var(--seal-lift)) 0.12 ${(hue % 360).toFixed(1)})`

/** Returns a circle whose radius varies by `depth` in `lobes` waves; `turn` in 256ths of a full turn. */
function wave(radius: number, depth: number, lobes: number, turn: number): string {
  const steps = Math.max(72, lobes * 12)
  const points = Array.from({ length: steps }, (_, i) => {
    const angle = (i / steps) * 2 * Math.PI
    return point(angle + (turn / 256) * 2 * Math.PI, radius + depth * Math.cos(lobes * angle))
  })
  return `M${points.join('L')}Z`
}

function star(rays: number, inner: number, outer: number, turn: number): string {
  const points = Array.from({ length: rays * 2 }, (_, i) =>
    point((i / rays) * Math.PI + (turn / 256) * 2 * Math.PI, i % 2 === 0 ? outer : inner),
  )
  return `M${points.join('L')}Z`
}

/** Thirty-two positions on a ring; a bit selects a large or small bead. */
function beads(octets: Uint8Array): string {
  return Array.from({ length: 32 }, (_, i) => {
    const bit = ((octets[i >> 3] ?? 0) >> (i & 7)) & 1
    const angle = (i / 32) * 2 * Math.PI
    const r = bit ? 2.6 : 0.9
    return `M${point(angle, 39)}m${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`
  }).join('')
}

const point = (angle: number, radius: number): string =>
  `${rounded(radius * Math.sin(angle))} ${rounded(-radius * Math.cos(angle))}`

const rounded = (length: number): number => Math.round(length * 100) / 100
