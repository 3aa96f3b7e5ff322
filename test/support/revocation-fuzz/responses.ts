import { createHash } from 'node:crypto'
import {
  bitString,
  boolean,
  enumerated,
  explicit,
  generalizedTime,
  implicit,
  integer,
  integerContent,
  nul,
  octetString,
  oid,
  seq,
} from '../../../src/der/writer.ts'
import { HASH_OIDS } from '../../../src/x509/oids.ts'
import type { Drawn } from '../chain.ts'
import { days } from '../revocation.ts'
import { mutated } from './der-mutations.ts'
import type { Dice } from './dice.ts'
import { algorithmOf, drawHash, signNow } from './world.ts'
import type { World } from './world.ts'

const HASHES = Object.entries(HASH_OIDS).map(([name, id]) => ({ id, node: name.replace('-', '') }))

/** One or two responses about the target, rarely none. */
export function drawResponses(world: World, target: Drawn, dice: Dice): Uint8Array[] {
  const names = dice.percent(60)
  return Array.from({ length: dice.pick(0, 1, 1, 2) }, () => drawResponse(world, target, names, dice))
}

function drawResponse(world: World, target: Drawn, names: boolean, dice: Dice): Uint8Array {
  const responder = dice.percent(50)
    ? world.ca
    : dice.pick(...world.delegates, ...world.delegates, world.other, world.sameName)
  const hash = drawHash(dice)
  const { subject, spki } = responder.certificate
  const id = dice.percent(50)
    ? explicit(1, subject.der)
    : explicit(2, octetString(createHash('sha1').update(spki.publicKey).digest()))
  const singles = Array.from({ length: dice.pick(1, 1, 1, 2, 3) }, () =>
    drawSingle(world, target, names, dice),
  )
  const data = seq(
    ...(dice.percent(4) ? [explicit(0, integer(dice.pick(0, 1)))] : []),
    id,
    generalizedTime(days(dice.percent(90) ? -1 : dice.pick(-100, -3, 0, 2, 400))),
    seq(...singles),
    ...drawExtensions(dice),
  )
  const tbs = dice.percent(25) ? mutated(data, dice) : data
  const isSent = dice.percent(60)
  const basic = seq(
    tbs,
    algorithmOf(hash),
    bitString(signNow(responder, hash, tbs)),
    ...(isSent ? [explicit(0, seq(responder.certificate.der))] : []),
  )
  const status = enumerated(dice.percent(97) ? 0 : dice.pick(1, 2, 4, 6))
  return seq(status, explicit(0, seq(oid('1.3.6.1.5.5.7.48.1.1'), octetString(basic))))
}

function drawExtensions(dice: Dice): Uint8Array[] {
  if (dice.percent(88)) return []
  const id = dice.pick('1.3.6.1.5.5.7.48.1.2', '1.3.6.1.5.5.7.48.1.6', '1.2.3.4')
  const critical = dice.percent(40) ? [boolean(dice.percent(90))] : []
  const one = seq(oid(id), ...critical, octetString(octetString(Uint8Array.of(1))))
  return [explicit(1, seq(...(dice.percent(15) ? [one, one] : [one])))]
}

function drawSingle(world: World, target: Drawn, names: boolean, dice: Dice): Uint8Array {
  const { certificate } = target
  const issuer = (dice.percent(94) ? world.ca : world.sameName).certificate
  const serial = dice.percent(90) ? certificate.serialNumber : Uint8Array.of(9)
  const hash = dice.pick(...HASHES)
  const digest = (octets: Uint8Array): Uint8Array =>
    octetString(createHash(hash.node).update(octets).digest())
  return seq(
    seq(
      seq(oid(hash.id), ...(dice.percent(80) ? [nul()] : [])),
      digest(issuer.subject.der),
      digest(issuer.spki.publicKey),
      integerContent(serial),
    ),
    names && dice.percent(70) ? drawRevoked(dice) : implicit(dice.pick(0, 0, 2), nul()),
    generalizedTime(days(dice.percent(88) ? -dice.pick(1, 2, 3) : dice.pick(-30, 0, 2))),
    ...(dice.percent(85)
      ? [explicit(0, generalizedTime(days(dice.percent(88) ? 5 : dice.pick(-1, 0))))]
      : []),
    ...drawExtensions(dice),
  )
}

function drawRevoked(dice: Dice): Uint8Array {
  const reason = dice.percent(95) ? dice.pick(0, 1, 4, 5, 6, 6, 8, 9) : dice.pick(7, 11, -1)
  const when = generalizedTime(days(dice.percent(92) ? -dice.below(9) : 2))
  return explicit(1, when, ...(dice.percent(60) ? [explicit(0, enumerated(reason))] : []))
}
