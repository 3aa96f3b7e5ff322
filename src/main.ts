import { mount } from 'svelte'
import { VERSION } from './csp/form.ts'
import { registerServiceWorker } from './csp/register-service-worker.ts'
import { startWorker } from './csp/start-worker.ts'
import App from './ui/App.svelte'

const target = document.getElementById('app')
if (!target) throw new Error('the page has no #app')

mount(App, { target, props: { version: VERSION, worker: startWorker() } })
void registerServiceWorker()
