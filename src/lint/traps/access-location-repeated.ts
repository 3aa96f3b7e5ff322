import { repeated } from '../facts.ts'
import { uris } from '../general-names.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** The same address twice for one purpose: a mistake in a template, and programs fetch it twice. */
export const accessLocationRepeated: Rule<'access-location-repeated'> = {
  code: 'access-location-repeated',
  extensions: ['authorityInfoAccess'],
  applies: readable('authorityInfoAccess'),
  check: ({ authorityInfoAccess }) =>
    repeated(
      (authorityInfoAccess ?? []).flatMap(({ method, location }) =>
        uris([location]).map((address) => `${method} ${address}`),
      ),
    ).map((key) => ({ address: key.slice(key.indexOf(' ') + 1) })),
}
