import { mount } from 'svelte'
import { registerServiceWorker } from './csp/register-service-worker.ts'
import { en } from './messages/en.ts'
import { speak } from './messages/messages.ts'
import { startWorker } from './packs/start-worker.ts'
import { App as State } from './state/app.svelte.ts'
import App from './ui/App.svelte'
import InFrame from './ui/InFrame.svelte'
import './ui/tokens.css'
import './ui/app.css'
import { offerStorage } from './vault/shared-storage.ts'
import { createClient } from './border/client.ts'

const target = document.getElementById('app')
if (!target) throw new Error('the page has no #app')

speak(en)
document.documentElement.lang = en.tag

// A surrounding page could overlay this one and make a person press what they do not see; a policy in the page cannot
// forbid it.
if (self !== top) mount(InFrame, { target })
else start(target)

function start(target: HTMLElement): void {
  const worker = startWorker().then((started) => {
    void offerStorage(started)
    return started
  })
  mount(App, { target, props: { app: new State(createClient(worker)) } })
  void registerServiceWorker()
}
