/** ZIP files of the lab: settings for a program, and certificates that a server has to refuse. */
import type { KitAnswer } from '../border/protocol/lab.ts'
import type { ExportFile } from '../border/views.ts'
import { zipOf } from '../containers/zip.ts'
import { bundleOf, type BundleFile } from '../destinations/bundle.ts'
import type { Printed } from '../destinations/printed.ts'
import { refusalKit } from '../destinations/refusal-kit.ts'
import { labWords } from '../messages/pack-words.ts'

const zipped = (stem: string, files: readonly BundleFile[], at: Date): ExportFile => ({
  name: `${stem}.zip`,
  type: 'application/zip',
  bytes: zipOf(Object.fromEntries(files.map(({ name, bytes }) => [name, bytes])), at),
})

/** Returns a program's settings; `key`: the private key as PEM, once the person has confirmed that. */
export const settingsFile = (printed: Printed, key: Uint8Array | null, at: Date): ExportFile =>
  zipped(`${printed.id}-${printed.side}`, bundleOf(printed, labWords().settings, key), at)

/** Returns the refusal kit. */
export async function kitFile(answer: KitAnswer, at: Date): Promise<ExportFile> {
  const issue = (why: KitAnswer[number]['wish']['why']) =>
    answer.find(({ wish }) => wish.why === why)?.issued ?? null
  const files = await refusalKit(({ why }) => Promise.resolve(issue(why)), labWords().refusalKit)
  return zipped('refusal-kit', files, at)
}
