import {
  boolean,
  enumerated,
  explicit,
  generalizedTime,
  integer,
  integerContent,
  nul,
  octetString,
  oid,
  seq,
  time,
  utf8String,
} from '../../../src/der/writer.ts'
import { REASON_FLAGS } from '../../../src/x509/extensions/distribution-points.ts'
import { encodeAuthorityKeyIdentifier } from '../../../src/x509/extensions/authority-key-identifier.ts'
import {
  encodeIssuingDistributionPoint,
  UNLIMITED,
} from '../../../src/x509/extensions/issuing-distribution-point.ts'
import { encodeGeneralNames } from '../../../src/x509/general-name.ts'
import type { GeneralName } from '../../../src/x509/general-name.ts'
import type { Drawn } from '../chain.ts'
import { days } from '../revocation.ts'
import { mutated } from './der-mutations.ts'
import type { Dice } from './dice.ts'
import { HERE, algorithmOf, drawHash, signed, uri } from './world.ts'
import type { World } from './world.ts'

/** `names`: an entry for this target is included, among others. */
interface Wish {
  readonly world: World
  readonly target: Drawn
  readonly names: boolean
}

/** One to four CRLs about the target. */
export function drawLists(world: World, target: Drawn, dice: Dice): Uint8Array[] {
  const count = dice.pick(1, 1, 2, 2, 3, 4)
  const names = dice.percent(50)
  return Array.from({ length: count }, () =>
    drawList({ world, target, names: names && dice.percent(70) }, dice),
  )
}

function drawList(wish: Wish, dice: Dice): Uint8Array {
  const { world } = wish
  const signer = drawSigner(world, dice)
  const issuer = dice.percent(95) ? signer : dice.pick(world.ca, world.other)
  const hash = drawHash(dice)
  const isDelta = dice.percent(25)
  const version = dice.percent(92) ? 1 : dice.pick(null, 0, 2, 7, -1)
  const entries = drawEntries(wish, issuer, dice)
  const extensions = dice.percent(95) ? drawExtensions(wish, issuer, isDelta, dice) : []
  const inner = dice.percent(97)
    ? algorithmOf(hash)
    : dice.pick(algorithmOf('sha384'), seq(oid('1.2.840.10045.4.3.2'), nul()))
  const tbs = seq(
    ...(version === null ? [] : [integer(version)]),
    inner,
    issuer.certificate.subject.der,
    drawTime(dice, dice.percent(85) ? days(-dice.pick(1, 1, 2, 3)) : days(dice.pick(-40, 0, 1, 3))),
    ...(dice.percent(92)
      ? [drawTime(dice, dice.percent(85) ? days(7) : days(dice.pick(-1, -5, 0, 400)))]
      : []),
    ...(entries.length > 0 || dice.percent(10) ? [seq(...entries)] : []),
    ...(extensions.length > 0 || dice.percent(20) ? [explicit(0, seq(...extensions))] : []),
  )
  return signed(signer, hash, dice.percent(25) ? mutated(tbs, dice) : tbs)
}

const drawSigner = ({ ca, other, sameName, noListSign, root }: World, dice: Dice): Drawn =>
  dice.percent(75) ? ca : dice.percent(60) ? other : dice.pick(sameName, noListSign, root)

const drawTime = (dice: Dice, date: Date): Uint8Array =>
  dice.percent(95) ? time(date) : generalizedTime(date)

function drawEntries({ world, target, names }: Wish, issuer: Drawn, dice: Dice): Uint8Array[] {
  const { serialNumber } = target.certificate
  const isOthers = issuer === world.other
  const entries = Array.from({ length: dice.pick(0, 0, 1, 2, 3) }, () =>
    entry(Uint8Array.of(0x30 + dice.below(8), dice.below(256)), isOthers ? 30 : 4, world, dice),
  )
  if (!names) return entries
  for (let i = dice.pick(1, 1, 1, 1, 2, 3); i > 0; i--)
    entries.splice(dice.below(entries.length + 1), 0, entry(serialNumber, isOthers ? 80 : 6, world, dice))
  return entries
}

/** `indirect`: how often, in percent, it names the issuer of its certificate. */
function entry(serialNumber: Uint8Array, indirect: number, world: World, dice: Dice): Uint8Array {
  const extensions: Uint8Array[] = []
  const rarely = dice.percent(4)
  if (dice.percent(60))
    extensions.push(
      extension(
        '2.5.29.21',
        rarely,
        enumerated(
          dice.percent(95) ? dice.pick(0, 1, 2, 3, 4, 5, 6, 6, 8, 8, 9, 10) : dice.pick(7, 11, 127, 300, -1),
        ),
      ),
    )
  if (dice.percent(10))
    extensions.push(extension('2.5.29.24', rarely, dice.pick(generalizedTime, time)(days(-dice.below(9)))))
  if (dice.percent(indirect)) {
    const named = dice.percent(80) ? world.ca : dice.pick(world.other, world.root)
    const names: GeneralName[] = [{ kind: 'directoryName', name: named.certificate.subject }]
    if (dice.percent(15)) names.unshift(HERE)
    extensions.push(extension('2.5.29.29', dice.percent(90), encodeGeneralNames(names)))
  }
  if (dice.percent(4)) extensions.push(drawUnknown(dice, 30))
  if (extensions.length > 0 && dice.percent(3)) extensions.push(dice.pick(...extensions))
  const when = drawTime(dice, days(dice.percent(90) ? -dice.below(20) : dice.below(5)))
  const isEmpty = extensions.length === 0 && !dice.percent(3)
  return seq(integerContent(serialNumber), when, ...(isEmpty ? [] : [seq(...extensions)]))
}

/** An extension written unchanged; `critical` null encodes the default explicitly. */
function extension(id: string, critical: boolean | null, value: Uint8Array): Uint8Array {
  const flag = critical === false ? [] : [boolean(critical === true)]
  return seq(oid(id), ...flag, octetString(value))
}

const drawUnknown = (dice: Dice, critical: number): Uint8Array =>
  extension(
    dice.pick('1.2.3.4', '2.5.29.46', '2.5.29.19', '2.5.29.60'),
    dice.percent(critical),
    octetString(Uint8Array.of(1)),
  )

function drawExtensions({ world }: Wish, issuer: Drawn, isDelta: boolean, dice: Dice): Uint8Array[] {
  const all: Uint8Array[] = []
  const critical = (usual: boolean): boolean | null =>
    dice.percent(95) ? usual : dice.pick<boolean | null>(!usual, null)
  if (dice.percent(90))
    all.push(extension('2.5.29.35', critical(false), drawKeyIdentifier(world, issuer, dice)))
  if (dice.percent(93)) all.push(extension('2.5.29.20', critical(false), drawNumber(dice)))
  if (isDelta) all.push(extension('2.5.29.27', critical(true), drawNumber(dice)))
  const scoped = issuer === world.other ? 85 : 30
  if (dice.percent(scoped))
    all.push(extension('2.5.29.28', critical(true), drawScope(issuer === world.other, dice)))
  if (dice.percent(3)) all.push(extension('2.5.29.18', critical(false), encodeGeneralNames([HERE])))
  if (dice.percent(5)) all.push(drawUnknown(dice, 30))
  if (all.length > 0 && dice.percent(3)) all.push(dice.pick(...all))
  return all
}

function drawNumber(dice: Dice): Uint8Array {
  if (dice.percent(88)) return integer(10 + dice.below(3))
  return dice.pick(integer(-1), integer(0), integer(2n ** 200n), integerContent(Uint8Array.of(0, 10)), nul())
}

function drawKeyIdentifier({ root, ca, other }: World, issuer: Drawn, dice: Dice): Uint8Array {
  const of = (keyIdentifier: Uint8Array | null, rest: object = {}): Uint8Array =>
    encodeAuthorityKeyIdentifier({
      keyIdentifier,
      authorityCertIssuer: null,
      authorityCertSerialNumber: null,
      ...rest,
    })
  if (dice.percent(88)) return of(issuer.key.keyIdentifier)
  const bySerial = {
    authorityCertIssuer: [{ kind: 'directoryName', name: root.certificate.subject }],
    authorityCertSerialNumber: dice.pick(issuer, ca).certificate.serialNumber,
  }
  return dice.pick(
    of(other.key.keyIdentifier),
    of(null, bySerial),
    of(issuer.key.keyIdentifier, bySerial),
    of(null),
    nul(),
  )
}

function drawScope(isIndirect: boolean, dice: Dice): Uint8Array {
  if (dice.percent(10)) return seq()
  const kind = dice.below(10)
  const reasons = dice.some(30, REASON_FLAGS)
  return encodeIssuingDistributionPoint({
    ...UNLIMITED,
    distributionPoint: dice.percent(40)
      ? {
          fullName: dice.percent(80) ? [HERE] : [uri('http://example.com/elsewhere')],
          nameRelativeToCRLIssuer: null,
        }
      : dice.percent(5)
        ? {
            fullName: null,
            nameRelativeToCRLIssuer: [
              { oid: '2.5.4.3', tag: 0x0c, value: utf8String('x').subarray(2) },
            ] as never,
          }
        : null,
    onlyContainsUserCerts: kind < 4,
    onlyContainsCACerts: kind === 4 || (kind === 0 && dice.percent(30)),
    onlyContainsAttributeCerts: kind === 5 && dice.percent(50),
    indirectCRL: dice.percent(isIndirect ? 90 : 10),
    onlySomeReasons: dice.percent(35) ? new Set(reasons) : null,
  })
}
