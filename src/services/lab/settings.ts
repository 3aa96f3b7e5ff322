/** Settings of programs for the lab's two ends, and certificates that its server has to refuse. */
import type { KitAnswer, SettingsAnswer } from '../../border/protocol/lab.ts'
import type { In } from '../../border/protocol.ts'
import { KIT_WISHES } from '../../destinations/refusal-kit.ts'
import { settingsFor } from '../../destinations/settings.ts'
import { ownOf } from '../../mtls/chain.ts'
import { isKeyOf } from '../../mtls/scenario-file/scenario-file.ts'
import { utf8 } from '../../octets.ts'
import { encodePem } from '../../x509/pem.ts'
import { issueForKit } from './kit.ts'
import type { LabSession } from './session.ts'
import { keyBehind } from './signers.ts'

/** Returns a program's settings; with the key of that end's own certificate only if it was asked for. */
export async function settingsOf(
  session: LabSession,
  { program, side, key }: In<'lab.settings'>,
): Promise<SettingsAnswer> {
  const scenario = session.staged()
  const printed = await settingsFor(program, { scenario, side })
  if ('lacks' in printed) return printed
  const own = key && printed.key !== null ? await keyBehind(session.signers()[side]) : null
  // A scenario may sign with a key that is not its certificate's: no program starts with that.
  const fits = own && isKeyOf(own, ownOf(scenario[side].chain))
  return { printed, key: fits ? utf8(encodePem('PRIVATE KEY', own.pkcs8)) : null }
}

/** Issues what a refusal kit holds. */
export async function kitOf(session: LabSession): Promise<KitAnswer> {
  const issue = issueForKit(session.cast, session.clientCas())
  return Promise.all(KIT_WISHES.map(async (wish) => ({ wish, issued: await issue(wish) })))
}
