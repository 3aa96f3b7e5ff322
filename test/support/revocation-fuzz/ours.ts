import { isCodedError } from '../../../src/errors.ts'
import { createPool, validate } from '../../../src/validate/validate.ts'
import type { Pool } from '../../../src/validate/pool.ts'
import { isValid } from '../../../src/validate/report.ts'
import type { CertificateList } from '../../../src/x509/certificate-list.ts'
import { parseCertificateList } from '../../../src/x509/certificate-list.ts'
import { parseOcspResponse } from '../../../src/x509/ocsp.ts'
import type { Drawn } from '../chain.ts'
import { AT } from '../chain.ts'
import { intermediatesOf } from './world.ts'
import type { World } from './world.ts'

export const QUESTIONS = (['given', 'require'] as const).flatMap((revocation) =>
  (['path', 'standard'] as const).map((profile) => ({ revocation, profile })),
)
export type StatusQuestion = (typeof QUESTIONS)[number]

/** The parsed octets of a case; `unread` has the code of each that is refused. */
export interface ReadCase {
  readonly pool: Pool
  readonly unread: readonly string[]
}

/** Our validator over the same certificates; keys and signatures of the chain are cached between cases. */
export function createValidator(world: World, listOfRoot: CertificateList) {
  const pool = createPool({
    anchors: [world.root.certificate],
    intermediates: intermediatesOf(world).map(({ certificate }) => certificate),
  })
  return {
    read(lists: readonly Uint8Array[], responses: readonly Uint8Array[]): ReadCase {
      const unread: string[] = []
      const certificateLists = [listOfRoot, ...readable(lists, parseCertificateList, unread)]
      const ocspResponses = readable(responses, parseOcspResponse, unread)
      return { pool: { ...pool, certificateLists, ocspResponses }, unread }
    },
    async isValid({ pool: given }: ReadCase, target: Drawn, question: StatusQuestion): Promise<boolean> {
      const { verdict } = await validate(target.certificate, given, { at: AT, ...question })
      return isValid(verdict)
    },
  }
}

function readable<T>(ders: readonly Uint8Array[], parse: (der: Uint8Array) => T, unread: string[]): T[] {
  return ders.flatMap((der) => {
    try {
      return [parse(der)]
    } catch (error) {
      if (!isCodedError(error)) throw error
      unread.push(error.code)
      return []
    }
  })
}
