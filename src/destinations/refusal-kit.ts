/** Certificates that a server has to refuse, and a script that asks it with each. */
import { utf8 } from '../octets.ts'
import { quotedWord } from '../plain-text.ts'
import { encodePem } from '../x509/pem.ts'
import type { BundleFile } from './bundle.ts'

/** Why a certificate is to be refused; in the order in which they are tried. */
export const REFUSALS = [
  'wrong-ca',
  'self-signed',
  'expired',
  'wrong-purpose',
  'revoked',
  'wrong-name',
] as const
export type RefusalCase = (typeof REFUSALS)[number]

/** `own`: the CA that the server trusts for clients; `other`: one that was made for this and that nobody trusts. */
export type KitIssuer = 'own' | 'other' | 'itself'

/** What a certificate of the kit has to be like. */
export interface KitWish {
  readonly why: RefusalCase
  readonly issuer: KitIssuer
}

export interface KitCertificate {
  /** Its own first, as DER. */
  readonly chain: readonly Uint8Array[]
  /** PKCS#8. */
  readonly key: Uint8Array
  /** Lists that revoke it; the server has to load them first. */
  readonly lists: readonly Uint8Array[]
}

/** Issues for the kit; null if the CA's key is not available. */
export type IssueForKit = (wish: KitWish) => Promise<KitCertificate | null>

export interface KitWords {
  readonly title: string
  readonly use: readonly string[]
  readonly cases: Readonly<Record<RefusalCase | 'none', string>>
  readonly missing: (cases: readonly string[]) => string
  readonly lists: string
  /** What the script prints; on one line each. */
  readonly refused: string
  readonly gotIn: string
  readonly notReached: string
}

const ISSUERS: Readonly<Record<RefusalCase, KitIssuer>> = {
  'wrong-ca': 'other',
  'self-signed': 'itself',
  expired: 'own',
  'wrong-purpose': 'own',
  revoked: 'own',
  'wrong-name': 'own',
}

/** What the kit asks to be issued. */
export const KIT_WISHES: readonly KitWish[] = REFUSALS.map((why) => ({ why, issuer: ISSUERS[why] }))

/** Returns the files of the kit. What cannot be issued is left out, and the page beside the files says so. */
export async function refusalKit(issue: IssueForKit, words: KitWords): Promise<BundleFile[]> {
  const made: RefusalCase[] = []
  const files: BundleFile[] = []
  const pem = (label: 'CERTIFICATE' | 'X509 CRL', all: readonly Uint8Array[]): Uint8Array =>
    utf8(all.map((der) => encodePem(label, der)).join(''))
  for (const wish of KIT_WISHES) {
    const { why } = wish
    const issued = await issue(wish)
    if (issued === null) continue
    made.push(why)
    files.push({ name: `${why}.pem`, bytes: pem('CERTIFICATE', issued.chain) })
    files.push({ name: `${why}-key.pem`, bytes: utf8(encodePem('PRIVATE KEY', issued.key)) })
    if (issued.lists.length > 0) files.push({ name: `${why}-crls.pem`, bytes: pem('X509 CRL', issued.lists) })
  }
  const cases = ['none', ...made] as const
  const left = REFUSALS.filter((why) => !made.includes(why))
  const readme = [
    words.title,
    '='.repeat(words.title.length),
    '',
    ...words.use,
    '',
    ...cases.flatMap((why) => [why, `    ${words.cases[why]}`]),
    ...(made.includes('revoked') ? ['', words.lists] : []),
    ...(left.length > 0 ? ['', words.missing(left)] : []),
    '',
  ].join('\n')
  return [
    ...files,
    { name: 'ask.sh', bytes: utf8(script(cases, words)) },
    { name: 'README.txt', bytes: utf8(readme) },
  ]
}

/**
 * Asks by HTTP, or in TLS alone. In TLS 1.3 a refusal comes after the client's handshake has ended: it waits for it. The
 * certificate of the server is not verified: the question is what the server lets in, and nothing secret is sent.
 */
function script(cases: readonly string[], { refused, gotIn, notReached }: KitWords): string {
  return `#!/bin/sh
# sh ask.sh [--tls] HOST:PORT [NAME]
# 0: all are refused; 1: some got in; 2: the server was not reached.
mode=http
if [ "\${1:-}" = --tls ]; then mode=tls; shift; fi
server=\${1:?sh ask.sh [--tls] HOST:PORT [NAME]}
name=\${2:-\${server%:*}}
cd "$(dirname "$0")" || exit 2

# What openssl says until the server ends it, or for three seconds, and then how it ended: 143 is by us.
wait_for_refusal() {
  {
    openssl s_client -connect "$server" -servername "$name" -ign_eof "$@" </dev/null 2>&1 &
    asking=$!
    { sleep 3 && kill -TERM "$asking"; } >/dev/null &
    clock=$!
    wait "$asking"
    code=$?
    kill "$clock"
    echo "ended=$code"
  } 2>/dev/null
}

# Sets result: in, out or gone, and detail.
ask() {
  if [ "$mode" = http ]; then
    if [ "$1" = none ]; then set --; else set -- --cert "$1.pem" --key "$1-key.pem"; fi
    detail=$(curl -s -k --max-time 20 -o /dev/null -w '%{http_code}' --connect-to "::$server" "$@" "https://$name/" </dev/null)
    code=$?
    case $code in
      0) case $detail in [45]??) result=out ;; *) result=in ;; esac ;;
      5 | 6 | 7 | 28) result=gone detail="curl $code" ;;
      *) result=out detail="curl $code" ;;
    esac
  else
    if [ "$1" = none ]; then set --; else set -- -cert "$1.pem" -key "$1-key.pem" -cert_chain "$1.pem"; fi
    said=$(wait_for_refusal "$@")
    code=\${said##*ended=}
    detail=$(printf '%s\\n' "$said" | sed -n 's/.*\\(alert [a-z ]*\\).*/\\1/p' | head -n 1)
    case $said in
      *'connect:errno'*) result=gone ;;
      *) case $code in 0 | 143) [ -n "$detail" ] || result=in ;; esac ;;
    esac
  fi
}

status=0
for each in ${cases.join(' ')}; do
  result=out detail=
  ask "$each"
  case $result in
    in) words=${quotedWord(gotIn)}; [ "$status" -eq 2 ] || status=1 ;;
    gone) words=${quotedWord(notReached)}; status=2 ;;
    *) words=${quotedWord(refused)} ;;
  esac
  printf '%-14s %s %s\\n' "$each" "$words" "\${detail:+($detail)}"
done
exit "$status"
`
}
