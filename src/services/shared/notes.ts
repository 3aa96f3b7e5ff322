/** Limits on a certificate's notes: every search reads all of them. */
import { invalidField } from '../../ca/input.ts'

const LONGEST_TAG = 60
export const MOST_TAGS = 50
const LONGEST_NOTES = 10_000

/** Rejects with 'issue-field-invalid'. */
export function checkedTag(text: string): string {
  const tag = text.trim()
  if (tag === '') throw invalidField('tags', '', 'empty')
  if (tag.includes(',')) throw invalidField('tags', tag, 'characters')
  if (tag.length > LONGEST_TAG) throw invalidField('tags', `${tag.slice(0, LONGEST_TAG)}…`, 'too-long')
  return tag
}

/** Returns each tag once. Rejects with 'issue-field-invalid'. */
export function checkedTags(texts: readonly string[]): string[] {
  if (texts.length > MOST_TAGS) throw invalidField('tags', String(texts.length), 'range')
  return [...new Set(texts.map(checkedTag))]
}

/** Rejects with 'issue-field-invalid'. */
export function checkedNotes(notes: string): string {
  if (notes.length > LONGEST_NOTES) throw invalidField('notes', `${notes.slice(0, 60)}…`, 'too-long')
  return notes
}
