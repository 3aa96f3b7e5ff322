import { en } from '../../src/messages/en.ts'
import { speak } from '../../src/messages/messages.ts'

// Imported by tests that read sentences of the page.
speak(en)
