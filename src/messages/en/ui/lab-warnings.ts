import type { LabWarning } from '../../../border/protocol/lab.ts'
import type { Side } from '../../../mtls/wire/transcript.ts'
import { safeLine } from '../../safe-text.ts'
import { list, number } from '../format.ts'

const LONGEST = 120

function named({ names, more }: LabWarning): string {
  const shown = names.map((name) => safeLine(name, LONGEST))
  return more === 0 ? list(shown) : list([...shown, `${number(more)} more`])
}

/** What the rule of the server leaves of it. */
const left = (hasRule: boolean): string =>
  hasRule
    ? 'Its rule alone keeps strangers out.'
    : 'Trust a private CA for clients instead, or let a rule say who may connect.'

function says(warning: LabWarning, side: Side): string {
  const { why, hasRule } = warning
  switch (why) {
    case 'public-root':
      return `The server trusts public roots for clients: ${named(warning)}. Anyone can get a certificate below them, so it says nothing about who connects. ${left(hasRule)}`
    case 'below-public-root':
      return `The server trusts CAs for clients whose issuer has the name of a public root: ${named(warning)}. If they are public, anyone can get a certificate from them. ${left(hasRule)}`
    case 'own-issuer':
      return side === 'server'
        ? `The server trusts the CA of its own certificate for clients: ${named(warning)}. Everything that this CA issues to servers may then connect, too, if it is also for clients. ${hasRule ? 'Its rule alone keeps those out.' : 'Keep a CA for clients apart, or let a rule say who may connect.'}`
        : `The client trusts the CA of its own certificate for servers: ${named(warning)}. Another client of this CA can then pass for the server, if its certificate is also for servers and has the name. ${hasRule ? 'Its rule alone keeps those out.' : 'Trust the CA of the servers instead.'}`
  }
}

/** What an end trusts and hardly means to. */
export const labWarnings = { says }
