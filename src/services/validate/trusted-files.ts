import type { PileFile } from '../../containers/pile/read-pile.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { ValidateSession } from './session.ts'

/** Returns the certificates in files of a trust store, in any container. */
export async function readTrusted(
  files: readonly PileFile[],
  passwords: readonly string[],
): Promise<readonly Certificate[]> {
  if (files.length === 0) return []
  const session = new ValidateSession()
  await session.read(files, false, passwords, {
    signal: new AbortController().signal,
    progress: () => undefined,
  })
  return session.certificates.map(({ certificate }) => certificate)
}
