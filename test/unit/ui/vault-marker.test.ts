import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isEarlier, readMarker, writeMarker } from '../../../src/state/vault/vault-marker.ts'

const createdAt = new Date('2026-11-28T12:00:00Z')
let kept = new Map<string, string>()
beforeEach(() => {
  kept = new Map()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const marker = (revision: number | null, isDoubted = false) => ({
  createdAt,
  lastBackupAt: null,
  revision,
  isDoubted,
})
const found = (revision: number, isReadOnly = false) => ({ createdAt, revision, isReadOnly })

test('what is written is read back, and what a page of before wrote has seen no revision', () => {
  writeMarker(marker(7, true))
  expect(readMarker()).toEqual(marker(7, true))
  kept.set([...kept.keys()][0]!, JSON.stringify({ createdAt, lastBackupAt: null }))
  expect(readMarker()).toEqual(marker(null))
  kept.set([...kept.keys()][0]!, JSON.stringify({ createdAt, revision: 'many', isDoubted: 1 }))
  expect(readMarker()).toEqual(marker(null))
})

test('to unlock a vault is a write: one that is not later than what was seen is of an earlier state', () => {
  expect(isEarlier(marker(7), found(8))).toBe(false)
  expect(isEarlier(marker(7), found(7))).toBe(true)
  expect(isEarlier(marker(7), found(3))).toBe(true)
  // Unlocking a read-only vault writes nothing.
  expect(isEarlier(marker(7), found(7, true))).toBe(false)
  expect(isEarlier(marker(7), found(6, true))).toBe(true)
})

test('a doubt does not end by writing on, and of another vault nothing is known', () => {
  expect(isEarlier(marker(7, true), found(90))).toBe(true)
  expect(isEarlier(marker(7), { ...found(3), createdAt: new Date(0) })).toBe(false)
  expect(isEarlier(marker(null), found(3))).toBe(false)
  expect(isEarlier(null, found(3))).toBe(false)
})
