import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The Node of package.json, whichever runs this. */
const NODE = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))

const SCRIPT = `
const der = require('node:tls').rootCertificates.map((pem) => pem.replace(/-----[^-]+-----|\\s/g, ''))
process.stdout.write([process.versions.node, ...der.sort()].join('\\n'))`

/** Returns Mozilla's roots as the pinned Node has them: its version, then each certificate in base64, a line each. */
export const publicRootsText = (): string =>
  // Nothing around it may add a root.
  execFileSync(NODE, ['--eval', SCRIPT], { encoding: 'utf8', env: {} })
