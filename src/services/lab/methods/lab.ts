import type { Call, Handlers } from '../../../border/dispatch.ts'
import type { In, Out } from '../../../border/protocol.ts'
import type { LabMethods } from '../../../border/protocol/lab.ts'
import type { Pile } from '../../../containers/pile/items.ts'
import { answerScenario } from '../../../mtls/handshake.ts'
import { readScenario } from '../../../mtls/scenario-file/scenario-file.ts'
import { random } from '../../../webcrypto/seal.ts'
import { sameOctets } from '../../../octets.ts'
import { CodedError } from '../../../errors.ts'
import type { Session } from '../../session/session.ts'
import { readFiles } from '../../files/reading.ts'
import { takeFromOutput } from '../from-output.ts'
import { takeFromVault } from '../from-vault.ts'
import { saved } from '../scenario-files.ts'
import { checkOauth, headersOf, oauthOf, readBack } from '../behind-proxy.ts'
import { explained } from '../explain.ts'
import { LabSession } from '../session.ts'
import { kitOf, settingsOf } from '../settings.ts'
import { signsWith } from '../signers.ts'
import { labView } from '../view.ts'

async function play(session: LabSession, added?: Pile): Promise<Out<'lab.play'>> {
  return labView(session, await answerScenario(session.staged(), session.signers(), random), added)
}

async function add(
  session: LabSession,
  { files, passwords }: In<'lab.add'>,
  call: Call,
): Promise<Out<'lab.add'>> {
  const pile = await readFiles(files, { privateKeys: 'keep', passwords }, call)
  const keys = pile.items.flatMap((item) => (item.kind === 'privateKey' ? [item] : []))
  session.add(pile, (spki) => {
    const key = keys.find((each) => sameOctets(each.spki, spki))
    const { pkcs8 } = key ?? {}
    return key && pkcs8 ? signsWith(key.keyType, () => Promise.resolve(pkcs8)) : null
  })
  return play(session, pile)
}

/** Two ends of a handshake, in memory alone; `vault` null where there is no storage. */
export function labMethods(vault: Session | null = null): Pick<Handlers, keyof LabMethods> {
  const session = new LabSession()
  return {
    'lab.ready': async ({ id, at }) => {
      await session.begin(id, at)
      return play(session)
    },
    'lab.play': (ends) => {
      session.set(ends)
      return play(session)
    },
    'lab.take': async (taking) => {
      if (!vault) throw new CodedError('vault-locked', null)
      await takeFromVault(session, vault, taking)
      return play(session)
    },
    'lab.output': async ({ text }) => {
      const known = (await vault?.inventory.authorityCertificates()) ?? []
      const read = takeFromOutput(session, text, known)
      return 'fault' in read ? read : { view: await play(session), taken: read.taken }
    },
    'lab.add': (input, call) => add(session, input, call),
    'lab.open': async ({ bytes, at }) => {
      const read = await readScenario(bytes, at)
      if ('faults' in read) return read
      session.open(read.file)
      return { view: await play(session), name: read.file.name, note: read.file.note }
    },
    'lab.save': (saving) => saved(session, saving),
    'lab.settings': (input) => settingsOf(session, input),
    'lab.kit': () => kitOf(session),
    'lab.explain': ({ text }) => explained(text),
    'lab.headers': () => headersOf(session),
    'lab.readHeaders': ({ text }) => readBack(session, text),
    'lab.oauth': () => oauthOf(session),
    'lab.checkOauth': ({ text, what }) => checkOauth(session, text, what),
  }
}
