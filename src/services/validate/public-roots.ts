import { isCodedError } from '../../errors.ts'
import { fromBase64 } from '../../octets.ts'
import { Subjects } from '../../validate/build/subjects.ts'
import { parseCertificate } from '../../x509/certificate.ts'
import type { Certificate } from '../../x509/certificate.ts'

/** The id of the store. */
export const PUBLIC = 'public'

/** Roots that come with the page: never in the vault, and used only where a question names their store. */
export class PublicRoots {
  /** The Node that they were taken from. */
  readonly version: string
  readonly certificates: readonly Certificate[]
  readonly #subjects: Subjects

  /** `text`: as tools/public-roots.ts writes it. */
  constructor(text: string) {
    const [version = '', ...lines] = text.split('\n')
    this.version = version
    this.certificates = lines.map(readRoot).filter((root) => root !== null)
    this.#subjects = new Subjects(this.certificates)
  }

  /** Returns those at which a chain of these certificates can end, by name: all others stay out of the question. */
  endsOf(certificates: readonly Certificate[]): Certificate[] {
    return [...new Set(certificates.flatMap(({ issuer }) => this.#subjects.named(issuer)))]
  }
}

/** Returns null for a root that cannot be read: the others count all the same. */
function readRoot(line: string): Certificate | null {
  const der = fromBase64(line)
  try {
    return der && parseCertificate(der)
  } catch (error) {
    if (isCodedError(error)) return null
    throw error
  }
}
