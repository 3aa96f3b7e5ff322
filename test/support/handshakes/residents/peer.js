// Plays one side of each job on loopback: node peer.js serve|ask FILE. Ends with its standard input.
import { readFileSync } from 'node:fs'
import tls from 'node:tls'

const [mode, path] = process.argv.slice(2)
const jobs = readFileSync(path, 'utf8')
  .trim()
  .split('\n')
  .map((line) => {
    const [id, port, cert, key, ca, crls, host, checksHost, asks, verifies] = line.split('\t')
    const read = (name) => (name === '-' ? undefined : readFileSync(name))
    return {
      ...{ id, port: Number(port), host, checksHost: checksHost === 'yes', asks, verifies },
      own: { cert: read(cert), key: read(key) },
      ca: read(ca),
      crl: crls === '-' ? undefined : crls.split(',').map((name) => readFileSync(name)),
    }
  })
const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n'

function serve({ port, own, ca, crl, asks, verifies }) {
  return new Promise((resolve) => {
    const isVerified = asks === 'required' && verifies !== 'no'
    const server = tls.createServer(
      { ...own, ca, crl, requestCert: asks !== 'no', rejectUnauthorized: isVerified },
      (socket) => socket.once('data', () => socket.end(ANSWER)).on('error', () => {}),
    )
    server.on('tlsClientError', () => {})
    server.listen(port, '127.0.0.1', resolve)
  })
}

function ask({ port, own, ca, crl, host, checksHost, verifies }) {
  return new Promise((resolve) => {
    const socket = tls.connect(
      {
        ...own,
        ...{ host: '127.0.0.1', port, servername: host, ca, crl, rejectUnauthorized: verifies !== 'no' },
        ...(checksHost ? {} : { checkServerIdentity: () => undefined }),
      },
      () => socket.write(`GET / HTTP/1.0\r\nHost: ${host}\r\n\r\n`),
    )
    socket
      .resume()
      .on('error', () => {})
      .on('close', resolve)
  })
}

process.stdin.resume().on('end', () => process.exit())
if (mode === 'serve') await Promise.all(jobs.map(serve))
else for (const job of jobs) await ask(job).catch(() => {})
console.log('done')
