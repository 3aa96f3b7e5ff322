import { mount } from 'svelte'
import { registerServiceWorker } from './csp/register-service-worker.ts'
import { en } from './messages/en.ts'
import { chosenTag, languageOf } from './messages/languages.ts'
import { speak, type Messages } from './messages/messages.ts'
import { openPublicRoots } from './packs/public-roots.ts'
import { startWorker } from './packs/start-worker.ts'
import { openTypefaces } from './packs/typefaces.ts'
import { App as State } from './state/app.svelte.ts'
import App from './ui/App.svelte'
import InFrame from './ui/InFrame.svelte'
import './ui/tokens.css'
import './ui/app.css'
import { offerStorage } from './vault/shared-storage.ts'
import { createClient } from './border/client.ts'

const target = document.getElementById('app')
if (!target) throw new Error('the page has no #app')

const language = languageOf(chosenTag())
if (language instanceof Promise) void language.then(begin, (error: unknown) => begin(en, error))
else begin(language)

/** Shows the page in this language; in English, saying `lost`, if the pack of another cannot be run. */
function begin(language: Messages, lost?: unknown): void {
  speak(language)
  document.documentElement.lang = language.tag
  show(target!, lost)
}

// A surrounding page could overlay this one and make a person press what they do not see; a policy in the page cannot
// forbid it.
function show(target: HTMLElement, lost: unknown): void {
  if (self !== top) mount(InFrame, { target })
  else start(target, lost)
}

function start(target: HTMLElement, lost: unknown): void {
  const worker = startWorker().then((started) => {
    void offerStorage(started)
    return started
  })
  // After the worker's script, which the page waits for. Without a worker it says why, and that is enough.
  const typefaces = worker.then(openTypefaces, () => undefined)
  mount(App, { target, props: { app: new State(createClient(worker), openPublicRoots), lost, typefaces } })
  void registerServiceWorker()
}
