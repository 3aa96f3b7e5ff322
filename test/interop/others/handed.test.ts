import { execSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createPool } from '../../../src/validate/pool.ts'
import { revokedByList } from '../../../src/services/validate/methods/validate.ts'
import { commandsFor } from '../../../src/paper/other-programs.ts'
import { othersOf } from '../../../src/validate/survey/others.ts'
import { validate } from '../../../src/validate/validate.ts'
import { pileNames, readChain } from './pile-chains.ts'

// The command that the page hands out, run as it is printed, says what the panel says of OpenSSL; a list that decided decides there.

const isAccepted = (command: string, cwd: string): boolean => {
  try {
    return execSync(command, { cwd, stdio: 'pipe' }).toString().includes('target.pem: OK')
  } catch {
    return false
  }
}

test.each(pileNames())(
  'openssl verify, as it is handed out for %s, says what the panel says',
  async (name) => {
    const chain = await readChain(name)
    if (!chain) return
    const { target, anchors, intermediates, crls = [], ocspResponses = [], asked } = chain
    const pool = createPool({ anchors, intermediates, crls, ocspResponses })
    const report = await validate(target, pool, { at: new Date(), ...asked })
    const { verdict } = othersOf(report).find(({ program }) => program === 'openssl')!
    const commands = commandsFor({
      target: target.der,
      anchors: anchors.map(({ der }) => der),
      intermediates: intermediates.map(({ der }) => der),
      options: report.options,
      listed: revokedByList(report),
      lists: crls.map(({ der }) => der),
    })
    const cwd = mkdtempSync(join(tmpdir(), 'handed-'))
    for (const file of commands.files) writeFileSync(join(cwd, file.name), file.text)
    const decided = report.paths[report.best]!.certificates.some(({ refusals }) =>
      refusals.some(({ code, detail }) => code === 'revoked' && detail.source === 'crl'),
    )
    expect(commands.openssl!.includes('-crl_check')).toBe(decided)
    if (verdict !== 'unknown') expect(isAccepted(commands.openssl!, cwd)).toBe(verdict === 'accepts')
  },
)
