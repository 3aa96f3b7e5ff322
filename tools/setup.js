// Installs what is missing, and only that: `node tools/setup.js [packages] [peers]`.
//   packages  the npm packages of package-lock.json
//   peers     the browsers and outside programs that the tests compare with (Debian, as root)
// Runs on a fresh clone, before anything is installed: Node 20 or later and its own modules only.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Program required on the PATH → the Debian package that provides it. */
const PEERS = {
  chromium: 'chromium',
  'firefox-esr': 'firefox-esr',
  WebKitWebDriver: 'webkit2gtk-driver',
  Xvfb: 'xvfb',
  openssl: 'openssl',
  python3: 'python3',
  certtool: 'gnutls-bin',
  certutil: 'libnss3-tools',
  javac: 'default-jdk-headless',
  go: 'golang-go',
  cfssl: 'golang-cfssl',
  xca: 'xca',
  // Debian installs it outside the PATH.
  '/usr/share/easy-rsa/easyrsa': 'easy-rsa',
  nginx: 'nginx-light',
  curl: 'curl',
  haproxy: 'haproxy',
  // Without the server that it would start.
  '/usr/sbin/apache2': 'apache2-bin',
  stunnel: 'stunnel4',
  'ssh-keygen': 'openssh-client',
  zip: 'zip',
  unzip: 'unzip',
  pdftotext: 'poppler-utils',
}

/** Module that Debian's own Python must be able to import → the package that provides it. */
const PYTHON_PEERS = {
  'import gi': 'python3-gi',
  // Its list is used, not its program.
  'import confusable_homoglyphs': 'python3-confusable-homoglyphs',
  'import gi; gi.require_version("WebKit2", "4.1")': 'gir1.2-webkit2-4.1',
}

const wanted = process.argv.slice(2)
if (wanted.includes('packages')) installPackages()
if (wanted.includes('peers')) installPeers()

function installPackages() {
  const stamp = join(root, 'node_modules', '.rootcellar-lock')
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const pinnedNode = join(root, 'node_modules', 'node', 'bin', 'node')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock && existsSync(pinnedNode)) return
  console.log('Installing the npm packages …')
  run('npm', ['ci', '--no-audit', '--no-fund'], 'npm could not install the packages of package-lock.json.')
  if (!existsSync(pinnedNode))
    fail('The npm package "node" has not installed its program: run `npm rebuild node`.')
  writeFileSync(stamp, lock)
}

function installPeers() {
  const programs = Object.keys(PEERS).filter((program) => !isOnPath(program))
  const modules = Object.keys(PYTHON_PEERS).filter((script) => !isInPython(script))
  const packages = [
    ...new Set([
      ...programs.map((program) => PEERS[program]),
      ...modules.map((script) => PYTHON_PEERS[script]),
    ]),
  ]
  if (packages.length === 0) return
  if (!isOnPath('apt-get') || process.getuid?.() !== 0) {
    // Not fatal: each test that needs a missing program fails under its own name.
    console.log(
      `Missing for some tests: ${packages.join(', ')}. Install them with: sudo apt-get install ${packages.join(' ')}`,
    )
    return
  }
  console.log(`Installing ${packages.join(', ')} …`)
  process.env.DEBIAN_FRONTEND = 'noninteractive'
  run('apt-get', ['update', '-qq'], 'apt-get update failed.')
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], 'apt-get install failed.')
}

function isOnPath(program) {
  const folders = isAbsolute(program) ? ['/'] : (process.env.PATH ?? '').split(delimiter)
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Another Python may be first on the PATH; Debian's packages work with Debian's Python. */
function isInPython(script) {
  return spawnSync('/usr/bin/python3', ['-c', script], { stdio: 'ignore' }).status === 0
}

function run(program, args, complaint) {
  const { status } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) fail(complaint)
}

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}
