/** Programs whose differences from our verdict are known. The first five are held to it by tests that run them. */
export const PROGRAMS = ['openssl', 'go', 'java', 'gnutls', 'nss', 'chrome', 'apple', 'windows'] as const
export type Program = (typeof PROGRAMS)[number]

/** What a program does where we do otherwise; `depends`: on its version, its settings, or on what is not in the chain. */
export type Says = 'accepts' | 'refuses' | 'depends'
