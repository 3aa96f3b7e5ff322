import { KEY_ALGORITHMS, type KeyAlgorithmId } from '../../../webcrypto/algorithms.ts'
import { supported } from '../../../webcrypto/keys.ts'
import type { Handlers } from '../../../border/dispatch.ts'

/** The algorithms this browser can generate and sign with. */
export const algorithmMethods: Pick<Handlers, 'algorithms.supported'> = {
  'algorithms.supported': () =>
    Promise.all(
      (Object.keys(KEY_ALGORITHMS) as KeyAlgorithmId[]).map(async (id) => ({
        id,
        supported: await supported(id),
      })),
    ),
}
