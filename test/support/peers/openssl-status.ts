import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { concat } from '../../../src/octets.ts'

/** A question about the status of one target: CRLs and responses, DER. */
export interface StatusCase {
  readonly target: number
  readonly lists: readonly Uint8Array[]
  readonly responses: readonly Uint8Array[]
}

/** OpenSSL's result. */
export interface StatusAnswer {
  /** Revoked by the CRLs, under some of the flags. */
  readonly byLists: boolean
  /** Indices of the responses that it accepts and that say revoked. */
  readonly byResponses: readonly number[]
  /** The CRLs, under CRL_CHECK alone, let the target pass. */
  readonly accepted: boolean
}

export interface StatusSetup {
  readonly at: Date
  readonly trusted: readonly Uint8Array[]
  readonly untrusted: readonly Uint8Array[]
  readonly targets: readonly Uint8Array[]
  readonly issuer: Uint8Array
}

export interface StatusPeer {
  ask(cases: readonly StatusCase[]): Promise<StatusAnswer[]>
  close(): void
}

/** libcrypto in one process for the whole fuzz run: starting `openssl` for each case would cost more than the case. */
export function startOpenssl(setup: StatusSetup): StatusPeer {
  const script = fileURLToPath(new URL('openssl-status.py', import.meta.url))
  const child = spawn('python3', [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  let received = Buffer.alloc(0)
  let waiting: { resolve(answer: Uint8Array): void; reject(error: Error): void } | null = null
  const fail = (error: Error): void => {
    waiting?.reject(error)
    waiting = null
  }
  child.on('error', (error) => {
    fail(new Error(`python3 (Debian package python3) does not start: ${error.message}`))
  })
  child.on('exit', (code, signal) => {
    fail(new Error(`OpenSSL's process ended: ${String(code ?? signal)}`))
  })
  child.stdin.on('error', fail)
  child.stdout.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    if (received.length < 4 || received.length < 4 + received.readUInt32BE()) return
    const answer = received.subarray(4)
    received = Buffer.alloc(0)
    waiting?.resolve(answer)
    waiting = null
  })
  const { at, trusted, untrusted, targets, issuer } = setup
  const seconds = number(Math.floor(at.getTime() / 1000))
  child.stdin.write(blob(seconds, blobs(trusted), blobs(untrusted), blobs(targets), blob(issuer)))
  return {
    async ask(cases) {
      const answer = await new Promise<Uint8Array>((resolve, reject) => {
        waiting = { resolve, reject }
        const each = cases.flatMap(({ target, lists, responses }) => [
          number(target),
          blobs(lists),
          blobs(responses),
        ])
        child.stdin.write(blob(number(cases.length), ...each))
      })
      return cases.map(({ responses }, i) => {
        const [lists, bits] = [answer[2 * i]!, answer[2 * i + 1]!]
        const byResponses = responses.flatMap((_der, bit) => (bits & (1 << bit) ? [bit] : []))
        return { byLists: (lists & 0x7f) !== 0, byResponses, accepted: (lists & 0x80) !== 0 }
      })
    },
    close() {
      child.stdin.end()
    },
  }
}

function number(value: number): Uint8Array {
  const octets = Buffer.alloc(4)
  octets.writeUInt32BE(value)
  return octets
}

function blob(...parts: readonly Uint8Array[]): Uint8Array {
  const content = concat(parts)
  return concat([number(content.length), content])
}

const blobs = (all: readonly Uint8Array[]): Uint8Array =>
  concat([number(all.length), ...all.map((each) => blob(each))])
