/** A hierarchy to try things with, in a throw-away vault with an unknown passphrase. */
import { suggestPassphrase } from '../../vault/suggestion.ts'
import type { Call } from '../../border/dispatch.ts'
import type { issueMethods } from '../issue/methods/issue.ts'
import type { Session } from '../session/session.ts'

interface Wish {
  under: string | null
  profileId: string
  organization: string
  commonName: string
  names: { kind: string; value: string }[]
}

const ACTOR = { who: 'sample' }
const DAY_MINUTES = 24 * 60
const ORGANIZATION = 'Sample Ltd'
const NO_CALL: Call = { signal: new AbortController().signal, progress: () => undefined }

/** Makes the vault, a root, two issuing CAs, and typical certificates. */
export async function makeSample(session: Session, issuing: ReturnType<typeof issueMethods>): Promise<void> {
  const vault = await session.enterSample()
  const { words } = suggestPassphrase(12)
  await vault.create({
    passphrase: words,
    recoveryPassphrase: null,
    visibility: 'public',
    who: ACTOR.who,
    remark: '',
  })
  // Once locked it could not be opened again: it stays open until the user leaves it.
  await vault.changeSettings({ idleMinutes: DAY_MINUTES })
  session.idle.watch(DAY_MINUTES)

  const make = async (
    under: string | null,
    profileId: string,
    commonName: string,
    names: Wish['names'] = [],
  ) => issueOne(issuing, { under, profileId, commonName, names, organization: ORGANIZATION })
  const dns = (value: string) => ({ kind: 'dNSName', value })

  const root = await make(null, 'root', 'Sample Root')
  const servers = await make(root, 'intermediate', 'Sample Servers CA')
  const people = await make(root, 'intermediate', 'Sample People CA')
  await make(servers, 'tlsServer', 'www.example.com', [dns('www.example.com'), dns('example.com')])
  await make(servers, 'mtls', 'broker.example.com', [dns('broker.example.com')])
  await make(people, 'tlsClient', 'Ann Example')
  await make(people, 'email', 'Ben Example', [{ kind: 'rfc822Name', value: 'ben@example.com' }])
}

/** Returns the id of the new authority, if it is one. */
async function issueOne(issuing: ReturnType<typeof issueMethods>, wish: Wish): Promise<string | null> {
  const { under, profileId, organization, commonName, names } = wish
  const prepared = await issuing['issue.prepare'](
    {
      authorityId: under,
      request: {
        profileId,
        subject: [
          { type: 'organizationName', value: organization },
          { type: 'commonName', value: commonName },
        ],
        subjectAltNames: names,
        validity: null,
        signature: null,
        extensions: {},
      },
      key: { kind: 'generate', algorithm: 'p256' },
    },
    NO_CALL,
  )
  if (!prepared.token) throw new Error(`the sample is refused: ${prepared.errors.join(' ')}`)
  const issued = await issuing['issue.sign'](
    {
      token: prepared.token,
      acknowledged: prepared.warnings,
      caKey: { kind: 'vault' },
      endEntityKey: { kind: 'sealed' },
      actor: ACTOR,
    },
    NO_CALL,
  )
  return issued.authorityId
}
