import { mount } from 'svelte'
import { registerServiceWorker } from './csp/register-service-worker.ts'
import { en } from './messages/en.ts'
import { chosenTag, languageOf } from './messages/languages.ts'
import { speak } from './messages/messages.ts'
import { openPublicRoots } from './packs/public-roots.ts'
import { openTypefaces } from './packs/typefaces.ts'
import { App as State } from './state/app.svelte.ts'
import App from './ui/App.svelte'
import InFrame from './ui/InFrame.svelte'
import './ui/tokens.css'
import './ui/app.css'
import { offerStorage } from './vault/shared-storage.ts'
import { createClient } from './border/client.ts'

/** Shows the page in the chosen language; `worker` is null inside a frame. */
export async function open(target: HTMLElement, worker: Promise<Worker> | null): Promise<void> {
  let lost: unknown
  const language = await Promise.resolve(languageOf(chosenTag())).catch((error: unknown) => {
    lost = error
    return en
  })
  speak(language)
  document.documentElement.lang = language.tag
  // A surrounding page could overlay this one and make a person press what they do not see; a policy in the page
  // cannot forbid it.
  if (worker === null) mount(InFrame, { target })
  else start(target, worker, lost)
}

function start(target: HTMLElement, started: Promise<Worker>, lost: unknown): void {
  const worker = started.then((running) => {
    void offerStorage(running)
    return running
  })
  // After the worker's script, which the page waits for. Without a worker it says why, and that is enough.
  const typefaces = worker.then(openTypefaces, () => undefined)
  mount(App, { target, props: { app: new State(createClient(worker), openPublicRoots), lost, typefaces } })
  void registerServiceWorker()
}
