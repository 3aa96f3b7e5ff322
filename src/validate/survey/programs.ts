/** Programs whose differences from our verdict are known. Tests run the first five and check them. */
export const PROGRAMS = ['openssl', 'go', 'java', 'gnutls', 'nss', 'chrome', 'apple', 'windows'] as const
export type Program = (typeof PROGRAMS)[number]
/** The programs that the tests run. */
export const RUN: readonly Program[] = ['openssl', 'go', 'java', 'gnutls', 'nss']

/** The versions that the tests ran when the table of differences was written; null if it cannot be run here. */
export const SEEN: Readonly<Record<Program, string | null>> = {
  openssl: '3.0.19',
  go: '1.19.8',
  java: '17',
  gnutls: '3.7.9',
  nss: '3.87',
  chrome: null,
  apple: null,
  windows: null,
}

/**
 * A program's behaviour where it differs from ours; `depends`: on its version, its settings, or data outside the chain.
 */
export type Says = 'accepts' | 'refuses' | 'depends'
