/**
 * The whole worker as one classic script, bundled from src/worker/server.ts by tools/vite/worker-source.ts; empty if it
 * is a pack of the page.
 */
declare module 'virtual:worker-source' {
  const source: string
  export default source
}

/** The second reader, bundled from witness/second-reader.ts in the same way. */
declare module 'virtual:second-reader-source' {
  const source: string
  export default source
}

/** The public roots, as tools/public-roots.ts writes them; empty if they are a pack of the page. */
declare module 'virtual:public-roots-source' {
  const source: string
  export default source
}

/** The embedded faces, as tools/typefaces.ts writes them; empty if they are a pack of the page. */
declare module 'virtual:typefaces-source' {
  const source: string
  export default source
}

/** The version in package.json. */
declare const __VERSION__: string
