import { learn } from '../../../src/messages/pack-words.ts'
import '../english.ts'

// Imported by tests that read sentences of the lab.
await learn('lab')
