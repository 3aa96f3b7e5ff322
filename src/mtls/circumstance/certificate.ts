import type { PeerName } from '../../validate/options.ts'
import { matchPeerName, matchingCommonName } from '../../validate/names/peer.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { EKU_OIDS, EXTENSION_OIDS } from '../../x509/oids.ts'
import type { Unusual } from './unusual.ts'
import type { Side } from '../wire/transcript.ts'

/** What is unusual in the end-entity certificate by itself. */
export const ofCertificate = (own: Certificate, presenter: Side): readonly Unusual[] => [
  ...ofKey(own),
  ...ofPurpose(own, presenter),
  ...ofSubject(own),
]

/** Measured with P-256, for signatures alone. */
function ofKey({ spki, keyUsage }: Certificate): readonly Unusual[] {
  const { keyType, rsa, pss } = spki
  const forSignatures = keyUsage?.has('digitalSignature') === true
  if (keyType === 'rsa') {
    const isAlone = forSignatures && keyUsage.size === 1 && pss === null
    const bits = rsa?.modulusBits
    if (!isAlone) return ['unmeasured']
    return [bits === 1024 ? 'rsa1024' : bits === 2048 ? 'rsa2048' : 'unmeasured']
  }
  const usage: readonly Unusual[] =
    keyUsage === null
      ? ['unmeasured']
      : !forSignatures
        ? ['ku-no-ds']
        : keyUsage.size > 1
          ? ['unmeasured']
          : []
  if (keyType === 'p256') return usage
  return [...usage, keyType === 'p521' || keyType === 'ed25519' ? keyType : 'unmeasured']
}

/** Measured with P-256, and with RSA wherever it is tested. */
export const ofCaKey = ({ spki: { keyType, pss } }: Certificate): readonly Unusual[] =>
  keyType === 'p256' || (keyType === 'rsa' && pss === null) ? [] : ['unmeasured']

function ofPurpose({ extKeyUsage }: Certificate, presenter: Side): readonly Unusual[] {
  if (extKeyUsage === null) return ['no-eku']
  if (extKeyUsage.includes(presenter === 'client' ? EKU_OIDS.clientAuth : EKU_OIDS.serverAuth)) return []
  return [extKeyUsage.includes(EKU_OIDS.anyExtendedKeyUsage) ? 'any-eku' : 'wrong-eku']
}

/** Measured with a subjectAltName that is not critical, which RFC 5280 §4.2.1.6 forbids. */
function ofSubject({ subject, extensions }: Certificate): readonly Unusual[] {
  if (subject.rdns.length > 0) return []
  const isCritical = extensions.some(({ oid, critical }) => oid === EXTENSION_OIDS.subjectAltName && critical)
  return [isCritical ? 'unmeasured' : 'empty-subject']
}

/** How the certificate of a server has the names that were asked for. */
export function ofNames(own: Certificate, asked: readonly PeerName[], presenter: Side): readonly Unusual[] {
  if (presenter === 'client') return []
  return asked.flatMap((name): readonly Unusual[] => ofName(own, name))
}

function ofName(own: Certificate, asked: PeerName): readonly Unusual[] {
  if (asked.kind !== 'DNS') return ['unmeasured']
  const names = (own.subjectAltName ?? []).flatMap((name) => (name.kind === 'dNSName' ? [name.value] : []))
  const host = asked.value.toLowerCase()
  if (matchPeerName(own, asked).answer === 'match')
    return names.some((name) => name.toLowerCase() === host) ? [] : ['wildcard']
  if (own.subjectAltName === null) return [matchingCommonName(own, asked) === null ? 'wrong-name' : 'cn-only']
  const isBelow = names.some((name) => name.startsWith('*.') && host.endsWith(name.slice(1).toLowerCase()))
  return [isBelow ? 'wildcard-deep' : 'wrong-name']
}
