import { expect, test } from 'vitest'
import { filesInFolders } from '../../../src/state/dropped.ts'
import { bytesOf, eachFile, readFiles } from '../../../src/state/files.ts'

/** Entries as a browser returns them. */
const refused = (name: string) => new DOMException('refused', name)
const entry = (fullPath: string, rest: object) =>
  ({ name: fullPath.split('/').at(-1), fullPath, isFile: false, isDirectory: false, ...rest }) as unknown
const fileEntry = (path: string, content: string | DOMException) =>
  entry(path, {
    isFile: true,
    file: (resolve: (file: File) => void, reject: (error: DOMException) => void) => {
      if (typeof content === 'string') resolve(new File([content], path.split('/').at(-1)!))
      else reject(content)
    },
  })
const folderEntry = (path: string, entries: readonly unknown[] | DOMException) =>
  entry(path, {
    isDirectory: true,
    createReader: () => {
      let left = entries
      return {
        readEntries: (
          resolve: (entries: readonly unknown[]) => void,
          reject: (error: DOMException) => void,
        ) => {
          if (left instanceof DOMException) reject(left)
          else resolve(left)
          left = []
        },
      }
    },
  })
const dropped = (...entries: readonly unknown[]) =>
  ({ items: entries.map((each) => ({ webkitGetAsEntry: () => each })) }) as unknown as DataTransfer

test('of a folder, what may not be opened stands among the others, to be named', async () => {
  const files = await filesInFolders(
    dropped(
      folderEntry('/ca', [
        fileEntry('/ca/good.pem', 'good'),
        fileEntry('/ca/closed.pem', refused('NotReadableError')),
        folderEntry('/ca/private', refused('SecurityError')),
        fileEntry('/ca/empty.pem', ''),
      ]),
    ),
  )!
  const read = await readFiles(files)
  const said = read.map(({ name, bytes, unread }) => [name, new TextDecoder().decode(bytes), unread])
  expect(said.toSorted()).toEqual([
    ['ca/closed.pem', '', 'NotReadableError'],
    ['ca/empty.pem', '', undefined],
    ['ca/good.pem', 'good', undefined],
    ['ca/private', '', 'SecurityError'],
  ])
})

/** A file that exists, but whose octets the browser does not return. */
const closed = (name: string): File =>
  Object.defineProperty(new File(['x'], name), 'arrayBuffer', {
    value: () => Promise.reject(refused('NotFoundError')),
  })

test('one by one, each that fails is named; what stops all of it is thrown', async () => {
  const taken: string[] = []
  const files = [new File([], 'empty'), new File(['a'], 'a'), closed('closed'), new File(['b'], 'b')]
  const problems = await eachFile(files, async (file) => {
    taken.push(new TextDecoder().decode(await bytesOf(file)))
  })
  expect(taken).toEqual(['a', 'b'])
  expect(problems).toEqual([
    { code: 'pile-file-empty', detail: null, source: { file: 'empty' } },
    { code: 'pile-file-unreadable', detail: { reason: 'NotFoundError' }, source: { file: 'closed' } },
  ])
  await expect(eachFile(files, () => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug')
})
