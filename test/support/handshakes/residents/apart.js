// Runs servers that listen on every address in a network of their own, where there is nothing but loopback:
// unshare --net node apart.js FILE, a line for each: socket, port, command … Each is reached by its Unix socket.
// Prints done once all listen; ends with its standard input.
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import net from 'node:net'

if (spawnSync('ip', ['link', 'set', 'lo', 'up']).status !== 0) throw new Error('ip link set lo up failed')
const children = []
process.stdin.resume().on('end', () => process.exit())
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')))

const listens = (port) =>
  new Promise((resolve) => {
    const probe = net.createServer()
    probe.once('error', () => resolve(true))
    probe.listen({ port, host: '127.0.0.1' }, () => probe.close(() => resolve(false)))
  })

async function serve(line) {
  const [path, port, command, ...args] = line.split('\t')
  const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'pipe'] })
  children.push(child)
  let log = ''
  child.stderr.on('data', (data) => (log += data))
  for (let tries = 0; !(await listens(Number(port))); tries++) {
    if (tries === 600 || child.exitCode !== null) throw new Error(`${line} did not start: ${log}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  net
    .createServer({ allowHalfOpen: true }, (from) => {
      const to = net.connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true })
      from.pipe(to)
      to.pipe(from)
      from.on('error', () => to.destroy())
      to.on('error', () => from.resetAndDestroy?.() ?? from.destroy())
    })
    .listen(path)
}

await Promise.all(readFileSync(process.argv[2], 'utf8').trim().split('\n').map(serve))
console.log('done')
