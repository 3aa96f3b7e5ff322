/** Texts from certificates that would take minutes if one of their characters were looked at once for each other. */
import { expect, test } from 'vitest'
import { sanitize } from '../../../src/containers/file-name.ts'
import { fileName } from '../../../src/paper/file.ts'
import { nginxFor } from '../../../src/paper/nginx.ts'

const MANY = 400_000

test.each(['/', '-', '.', '_', 'a/'])('an address with millions of %j', (part) => {
  const path = `/${part.repeat(MANY)}b`
  expect(nginxFor(`http://ocsp.example.org${path}`)).toContain(`    location ${path}/ {`)
  expect(nginxFor(`http://ocsp.example.org${path} `)).toContain('server_name ocsp.example.com;')
})

test.each(['-', '.', '-.', ' ', '/', '\u200b', 'a-'])('a name with millions of %j', (part) => {
  for (const text of [`${part.repeat(MANY)}b`, `a${part.repeat(MANY)}b`, `a${part.repeat(MANY)}`])
    for (const name of [fileName(text), sanitize(text)]) expect(name.length).toBeLessThanOrEqual(41)
})
