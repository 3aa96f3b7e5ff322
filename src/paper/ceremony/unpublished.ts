/** What exists although a ceremony was aborted. */
import { facts, fact, paragraphs, type Piece } from './pieces.ts'
import { certificateName, endOf, linesOf, listOf, textOf, type Told } from './told.ts'

/** Returns what was made and must never be published; nothing unless it was aborted after the point of no return. */
export function unpublished(told: Told): Piece[] {
  const { plan, words, view } = told
  if (
    !view ||
    (view.phase !== 'aborted' && view.phase !== 'stopped') ||
    (!view.passed.key && !view.passed.signature)
  )
    return []
  const { unpublished: said } = words.report
  const list = facts()
  const hash = (text: string) => [{ text: text.toUpperCase(), mono: true }]
  const certificates = plan.certificates.flatMap((planned) => {
    const step = plan.steps.find(({ act, on }) => act === 'certificate' && on === planned.id)
    const line = step ? endOf(told, step.id) : null
    return line
      ? fact(list, said.certificate(planned.id, certificateName(planned)), hash(textOf(line, 'sha256')))
      : []
  })
  const lists = plan.steps.flatMap(({ act, id }) => {
    const line = act === 'lists' ? endOf(told, id) : null
    const objects = listOf(line, 'objects')
    return objects.flatMap((object, i) =>
      fact(list, said.list(object), hash(listOf(line, 'sha256')[i] ?? '')),
    )
  })
  const responses = plan.steps.flatMap(({ act, id }) => {
    const line = act === 'responses' ? endOf(told, id) : null
    return listOf(line, 'objects').flatMap((object, i) =>
      fact(list, said.response(object), hash(listOf(line, 'sha256')[i] ?? '')),
    )
  })
  const begun = begunIn(told).flatMap((object) => paragraphs(said.begun(object), 'strong'))
  const made = [...certificates, ...lists, ...responses, ...begun]
  return made.length > 0 ? [...paragraphs(said.lead, 'strong'), ...made] : paragraphs(said.key, 'strong')
}

/** Objects that were about to be signed in a step that has not ended. */
function begunIn(told: Told): string[] {
  const open = linesOf(told, 'signing').filter(({ step }) => endOf(told, step) === null)
  return [...new Set(open.map((line) => textOf(line, 'object')))]
}
