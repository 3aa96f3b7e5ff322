/** Programs whose differences from our verdict are known. The first five are held to it by tests that run them. */
export const PROGRAMS = ['openssl', 'go', 'java', 'gnutls', 'nss', 'chrome', 'apple', 'windows'] as const
export type Program = (typeof PROGRAMS)[number]
/** Those that the tests run. */
export const RUN: readonly Program[] = ['openssl', 'go', 'java', 'gnutls', 'nss']

/** The versions that the tests ran when the table of differences was written; null where nobody here can run it. */
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

/** What a program does where we do otherwise; `depends`: on its version, its settings, or on what is not in the chain. */
export type Says = 'accepts' | 'refuses' | 'depends'
