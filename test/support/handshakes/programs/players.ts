import { gnutls } from './gnutls.ts'
import { nss } from './nss.ts'
import type { Player } from './program.ts'
import { go, java, node20, node26, python } from './residents.ts'
import { curl, openssl } from './tools.ts'
import { apache, apacheDeep, haproxy, nginx, nginxDeep, stunnel } from './web-servers.ts'

/** The programs, in the order of the table. */
export const PLAYERS: readonly Player[] = [
  ...[openssl, go, java, gnutls, nss, node20, node26, python, curl],
  ...[nginx, nginxDeep, haproxy, apache, apacheDeep, stunnel],
]
