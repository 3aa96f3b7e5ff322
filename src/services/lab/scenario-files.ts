import type { LabSaving } from '../../border/protocol/lab.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { Out } from '../../border/protocol.ts'
import { readScenario, writeScenario, type ScenarioFile } from '../../mtls/scenario-file/scenario-file.ts'
import { sameOctets, utf8 } from '../../octets.ts'
import type { LabSession } from './session.ts'
import { keyBehind } from './signers.ts'

/** Returns the present scenario as a file, if it can be read again. */
export async function saved(session: LabSession, saving: LabSaving): Promise<Out<'lab.save'>> {
  const text = writeScenario(await fileOf(session, saving))
  const read = await readScenario(utf8(text), new Date(0))
  return 'faults' in read ? read : { text }
}

async function fileOf(session: LabSession, { name, note, keys }: LabSaving): Promise<ScenarioFile> {
  const scenario = session.staged()
  const signers = session.signers()
  const ends = [scenario.client, scenario.server]
  const isHeld = ({ der }: Certificate): boolean =>
    ends.some(({ chain, anchors }) =>
      [...chain, ...anchors.map((each) => each.der)].some((each) => sameOctets(each, der)),
    )
  return {
    ...{ name, note, scenario, programs: session.programs },
    keys: {
      client: keys ? await keyBehind(signers.client) : null,
      server: keys ? await keyBehind(signers.server) : null,
    },
    known: session.members.map(({ certificate }) => certificate).filter((each) => !isHeld(each)),
  }
}
