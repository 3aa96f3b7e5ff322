/**
 * Body of a function for a page of witness.html: types a name, makes a key, gives a manifest and signs, the same in every
 * engine; returns what leaves, in PEM.
 */
export const witnessing = (name: string, manifest: string): string => `
  const until = async (found) => { while (!found()) await new Promise((done) => setTimeout(done, 50)) }
  const all = (text) => [...document.querySelectorAll('#sign button')].find((one) => one.textContent === text)
  document.querySelector('#signer').value = ${JSON.stringify(name)}
  all('Make a key').click()
  await until(() => document.querySelector('#sign .hex'))
  const dataTransfer = { files: [new File([${JSON.stringify(manifest)}], 'manifest.sha256')] }
  const drop = Object.assign(new Event('drop', { bubbles: true, cancelable: true }), { dataTransfer })
  document.querySelector('#sign').dispatchEvent(drop)
  await until(() => !all('Sign').disabled)
  all('Sign').click()
  await until(() => document.querySelector('#sign pre'))
  return document.querySelector('#sign pre').textContent`
