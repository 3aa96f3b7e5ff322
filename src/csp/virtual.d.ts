/** The whole worker as one classic script, bundled from src/worker/server.ts by tools/vite/worker-source.ts. */
declare module 'virtual:worker-source' {
  const source: string
  export default source
}

/** The version of package.json. */
declare const __VERSION__: string
