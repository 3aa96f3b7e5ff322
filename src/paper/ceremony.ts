import type { CeremonyView } from '../border/protocol/ceremony.ts'
export const recordPaper = (
  _view: CeremonyView,
): readonly { name: string; bytes: Uint8Array<ArrayBuffer> }[] => []
