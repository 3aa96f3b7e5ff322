/** How other programs are asked the same as was asked here. */
import type { SameQuestion } from '../border/protocol/validate.ts'
import { isStrict } from '../lint/profiles.ts'
import { isPasteable, shellWord } from '../plain-text.ts'
import type { ValidateOptions } from '../validate/options.ts'
import type { Purpose } from '../validate/purpose.ts'
import { encodePem } from '../x509/pem.ts'

/** A file that a command reads. */
export interface CommandFile {
  readonly name: string
  readonly text: string
}

/** The same validation by another program: files to save, and the command line to run beside them. */
export interface Commands {
  readonly files: readonly CommandFile[]
  /** Null if a name asked for cannot be written in a shell command: it would be a different question. */
  readonly openssl: string | null
  /** `step` validates server certificates only; null for any other purpose. */
  readonly step: string | null
}

const OPENSSL_PURPOSES: Readonly<Record<Purpose, string | null>> = {
  serverAuth: 'sslserver',
  clientAuth: 'sslclient',
  emailProtection: 'smimesign',
  timeStamping: 'timestampsign',
  OCSPSigning: 'ocsphelper',
  // OpenSSL 3.2 or later only.
  codeSigning: null,
}

export function commandsFor(question: SameQuestion): Commands {
  const { target, anchors, intermediates, lists, options } = question
  const pem = (certificates: readonly Uint8Array[]) =>
    certificates.map((der) => encodePem('CERTIFICATE', der)).join('')
  const files: CommandFile[] = [
    { name: 'target.pem', text: pem([target]) },
    { name: 'anchors.pem', text: pem(anchors) },
  ]
  if (intermediates.length > 0) files.push({ name: 'untrusted.pem', text: pem(intermediates) })
  if (lists.length > 0)
    files.push({ name: 'lists.pem', text: lists.map((der) => encodePem('X509 CRL', der)).join('') })
  const names = opensslNames(options)
  const words = [
    'openssl verify -no-CApath -no-CAstore -partial_chain -CAfile anchors.pem',
    ...(intermediates.length > 0 ? ['-untrusted untrusted.pem'] : []),
    `-attime ${String(Math.floor(options.at.getTime() / 1000))}`,
    ...opensslProfile(options),
    ...names,
    ...(lists.length > 0 || options.revocation === 'require' ? opensslLists(question) : []),
    ...(lists.length > 0 ? ['-CRLfile lists.pem'] : []),
    '-show_chain target.pem',
  ]
  const line = names.includes(null) ? null : words.join(' ')
  return {
    files,
    openssl: line !== null && isPasteable(line) ? line : null,
    step: stepCommand(intermediates.length > 0, options),
  }
}

function opensslProfile({ profile, purpose, maxDepth }: ValidateOptions): string[] {
  const known = purpose && purpose !== 'any' ? OPENSSL_PURPOSES[purpose] : null
  return [
    ...(known ? [`-purpose ${known}`] : []),
    ...(isStrict(profile) ? ['-x509_strict'] : []),
    ...(maxDepth === undefined ? [] : [`-verify_depth ${String(maxDepth)}`]),
    ...(profile === 'webpki' ? ['-auth_level 2'] : []),
  ]
}

/**
 * -CRLfile alone loads CRLs without checking them: the check is switched on if a CRL revoked something, or is required.
 */
function opensslLists({ options, listed }: SameQuestion): string[] {
  if (options.revocation === 'require' || listed.some((place) => place !== 'target'))
    return ['-crl_check_all -extended_crl -use_deltas']
  return listed.length > 0 ? ['-crl_check -extended_crl -use_deltas'] : []
}

function opensslNames({ peerNames = [] }: ValidateOptions): (string | null)[] {
  const flags = { DNS: '-verify_hostname', IP: '-verify_ip', RFC822: '-verify_email' } as const
  return peerNames.flatMap(({ kind, value }) => {
    if (!(kind in flags)) return []
    const word = shellWord(value)
    return [word === null ? null : `${flags[kind as keyof typeof flags]} ${word}`]
  })
}

/** `step` reads the intermediates after the target from the same file, and validates at the current time. */
function stepCommand(chained: boolean, { purpose, peerNames = [] }: ValidateOptions): string | null {
  if (purpose !== 'serverAuth') return null
  const host = peerNames.find(({ kind }) => kind === 'DNS' || kind === 'IP')
  const verify = `step certificate verify ${chained ? 'chain.pem' : 'target.pem'} --roots anchors.pem`
  const word = host && shellWord(host.value)
  if (word === null) return null
  const line = word === undefined ? verify : `${verify} --host ${word}`
  if (!isPasteable(line)) return null
  return chained ? `cat target.pem untrusted.pem > chain.pem && ${line}` : line
}
