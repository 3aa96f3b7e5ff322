/** curl, as every server is asked: with the files of a client. */
import type { Prepared } from './order.ts'
import { FILES } from './parts.ts'

/** Returns the command that asks the server, in a folder with the client's files. */
export function curlLine({ host, isAddress, port, client }: Prepared, more: readonly string[] = []): string {
  const names = FILES.client
  const where = isAddress && host.includes(':') ? `[${host}]` : host
  return [
    'curl',
    `--connect-to ${where}:${port}:127.0.0.1:${port}`,
    `--cacert ${names.anchors}`,
    ...(client.chain.length > 0 ? [`--cert ${names.chain}`, `--key ${names.key}`] : []),
    ...more,
    `https://${where}:${port}/`,
  ].join(' ')
}
