import { X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { openPkcs12 } from '../../../src/containers/pkcs12/open.ts'
import { openPkcs8 } from '../../../src/containers/pkcs8.ts'
import {
  ADA,
  createVault,
  handedOver,
  hierarchy,
  issue,
  PASSPHRASE,
  prepareInput,
  startWorker,
} from '../../support/worker.ts'

const acts = (journal: { entries: readonly { act: string }[] }) => journal.entries.map(({ act }) => act)

describe('issuing, over the border', () => {
  test('a root, an intermediate and a server stand in a tree, each signed by the one above', async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    const { rootId, intermediateId } = await hierarchy(worker)
    const server = await issue(worker, {
      authorityId: intermediateId,
      profileId: 'tlsServer',
      commonName: 'www.example.com',
      names: ['www.example.com'],
    })
    const tree = await client.call('authority.tree', null)
    expect(tree).toMatchObject([
      {
        authority: {
          id: rootId,
          commonName: 'Example Root',
          selfSigned: true,
          key: 'vault',
          ready: true,
          issuedCount: 1,
        },
        children: [
          { authority: { id: intermediateId, parentId: rootId, selfSigned: false, issuedCount: 1 } },
        ],
      },
    ])
    const { chain, row } = await client.call('certificate.detail', { certificateId: server.certificateId })
    const [target, intermediate, root] = chain.map((der) => new X509Certificate(der))
    expect(target!.verify(intermediate!.publicKey)).toBe(true)
    expect(intermediate!.verify(root!.publicKey)).toBe(true)
    expect(root!.verify(root!.publicKey)).toBe(true)
    expect(row).toMatchObject({
      commonName: 'www.example.com',
      subjectAltNames: ['DNS:www.example.com'],
      key: 'sealed',
    })
    expect(acts(await client.call('journal.list', { offset: 0, limit: 3 }))).toEqual([
      'certificate-issued',
      'authority-created',
      'certificate-issued',
    ])
    expect((await client.call('vault.check', null)).problems).toEqual([])
    worker.close()
  })

  test('goes on from the same CA after locking and another start', async () => {
    const worker = startWorker()
    await createVault(worker)
    const { intermediateId } = await hierarchy(worker)
    await worker.client.call('vault.lock', null)
    const again = startWorker(worker.name)
    expect(await again.client.call('authority.list', null)).toMatchObject([
      { ready: false },
      { ready: false },
    ])
    await again.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
    const issued = await issue(again, {
      authorityId: intermediateId,
      profileId: 'tlsClient',
      commonName: 'Ann',
    })
    const { chain } = await again.client.call('certificate.detail', { certificateId: issued.certificateId })
    expect(new X509Certificate(chain[0]!).verify(new X509Certificate(chain[1]!).publicKey)).toBe(true)
    worker.close()
    again.close()
  })

  test('a token signs once, and not after the vault was locked', async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    const { intermediateId } = await hierarchy(worker)
    const sign = (token: string) =>
      client.call('issue.sign', {
        token,
        acknowledged: [],
        caKey: { kind: 'vault' },
        endEntityKey: { kind: 'sealed' },
        actor: ADA,
      })
    const input = prepareInput({
      authorityId: intermediateId,
      profileId: 'tlsServer',
      commonName: 'a.example.com',
    })
    const prepared = await client.call('issue.prepare', input)
    expect(prepared.errors).toEqual([])
    await sign(prepared.token!)
    await expect(sign(prepared.token!)).rejects.toMatchObject({ code: 'token-unknown' })
    const other = await client.call('issue.prepare', input)
    await client.call('vault.lock', null)
    await client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
    await expect(sign(other.token!)).rejects.toMatchObject({ code: 'token-unknown' })
    worker.close()
  })

  test('below a CA whose pathLen is 0, another CA is refused before it is signed, and the refusal is journalled', async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    const { intermediateId } = await hierarchy(worker)
    const input = prepareInput({
      authorityId: intermediateId,
      profileId: 'intermediate',
      commonName: 'Too Deep CA',
    })
    const prepared = await client.call('issue.prepare', input)
    expect(prepared.token).toBe(null)
    expect(prepared.errors).toContain('path-len-exceeded')
    const { entries } = await client.call('journal.list', { offset: 0, limit: 1 })
    expect(entries).toMatchObject([{ act: 'certificate-refused', subject: 'Too Deep CA' }])
    worker.close()
  })

  test('a field that cannot be taken is named', async () => {
    const worker = startWorker()
    await createVault(worker)
    const { intermediateId } = await hierarchy(worker)
    const wish = {
      authorityId: intermediateId,
      profileId: 'tlsServer',
      commonName: 'x',
      names: ['not a name'],
    }
    await expect(worker.client.call('issue.prepare', prepareInput(wish))).rejects.toMatchObject({
      code: 'issue-field-invalid',
    })
    worker.close()
  })
})

describe('keys', () => {
  test('an end-entity key that is handed out once is kept nowhere', async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    const { intermediateId } = await hierarchy(worker)
    const { handedOut, certificateId } = await issue(worker, {
      authorityId: intermediateId,
      profileId: 'tlsServer',
      commonName: 'once.example.com',
      endEntityKey: {
        kind: 'hand-out',
        format: 'pkcs8',
        protection: { kind: 'encrypted', passphrase: 'for the server' },
      },
    })
    const pem = new TextDecoder().decode(handedOver(handedOut).bytes)
    expect(pem).toContain('BEGIN ENCRYPTED PRIVATE KEY')
    const body = Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64')
    expect((await openPkcs8(new Uint8Array(body), 'for the server')).length).toBeGreaterThan(60)
    const again = client.call('certificate.export', {
      certificateId,
      what: 'private-key',
      format: 'pem',
      includeRoot: false,
      protection: { kind: 'encrypted', passphrase: 'for the server' },
      actor: ADA,
    })
    await expect(again).rejects.toMatchObject({ code: 'export-no-key' })
    worker.close()
  })

  test('a sealed end-entity key comes out encrypted or, when understood, plain; each time it is journalled', async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    const { intermediateId } = await hierarchy(worker)
    const { certificateId } = await issue(worker, {
      authorityId: intermediateId,
      profileId: 'tlsServer',
      commonName: 'kept.example.com',
    })
    const base = { certificateId, format: 'pem', includeRoot: false, actor: ADA } as const
    const protection = { kind: 'encrypted', passphrase: 'for the server' } as const
    const files = [
      await client.call('certificate.export', { ...base, what: 'private-key', protection }),
      await client.call('certificate.export', { ...base, what: 'pkcs12', protection }),
      await client.call('certificate.export', {
        ...base,
        what: 'private-key',
        protection: { kind: 'plain', understood: true, vaultPassphrase: PASSPHRASE },
      }),
    ]
    for (const vaultPassphrase of ['', 'not the passphrase'])
      await expect(
        client.call('certificate.export', {
          ...{ ...base, what: 'private-key' },
          protection: { kind: 'plain', understood: true, vaultPassphrase },
        }),
      ).rejects.toMatchObject({ code: 'passphrase-wrong' })
    expect(files.map(({ name }) => name.replace(/_[0-9a-f]{16}/, ''))).toEqual([
      'Example-Issuing-CA_kept.example.com.encrypted-key.pem',
      'Example-Issuing-CA_kept.example.com.key-and-chain.p12',
      'Example-Issuing-CA_kept.example.com.plain-key.pem',
    ])
    await expect(
      client.call('certificate.export', {
        ...base,
        what: 'private-key',
        protection: { kind: 'encrypted', passphrase: '' },
      }),
    ).rejects.toMatchObject({ code: 'export-passphrase-missing' })
    expect(acts(await client.call('journal.list', { offset: 0, limit: 5 }))).toEqual([
      ...Array<string>(2).fill('passphrase-refused'),
      ...Array<string>(3).fill('key-exported'),
    ])
    worker.close()
  })

  test('what has no common name is called by the first name it is valid for: before it is signed and in its files', async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    const { rootId, intermediateId } = await hierarchy(worker)
    const names = ['www.example.test', 'example.test']
    const wish = { authorityId: intermediateId, profileId: 'tlsServer', commonName: '', names }
    expect(await client.call('issue.prepare', prepareInput(wish))).toMatchObject({
      issuerName: 'Example Issuing CA',
      name: 'www.example.test',
    })
    const { certificateId } = await issue(worker, wish)
    const base = { certificateId, includeRoot: false, actor: ADA } as const
    const chain = { ...base, what: 'chain', format: 'pem', protection: null } as const
    const { name: chainName } = await client.call('certificate.export', chain)
    expect(chainName).toMatch(/^Example-Issuing-CA_www\.example\.test_[0-9a-f]{16}\.chain\.pem$/)
    const protection = { kind: 'encrypted', passphrase: 'for the server' } as const
    const key = { ...base, what: 'pkcs12', format: 'der', protection } as const
    const file = await client.call('certificate.export', key)
    const { keys, certificates } = await openPkcs12(file.bytes, 'for the server')
    expect([keys[0]!.friendlyName, certificates[0]!.friendlyName]).toEqual(Array(2).fill('www.example.test'))
    const { certificateId: root } = (await client.call('authority.tree', null)).find(
      ({ authority }) => authority.id === rootId,
    )!.authority
    const own = await client.call('certificate.export', { ...chain, certificateId: root })
    expect(own.name).toMatch(/^Example-Root_[0-9a-f]{16}\.chain\.pem$/)
    worker.close()
  })

  test("a CA's key leaves only as an encrypted file, by its own act, for one who knows the vault's passphrase", async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    const { rootId } = await hierarchy(worker)
    const { certificateId } = (await client.call('authority.list', null)).find(({ id }) => id === rootId)!
    const protection = { kind: 'encrypted', passphrase: 'whatever this is' } as const
    await expect(
      client.call('certificate.export', {
        certificateId,
        what: 'pkcs12',
        format: 'der',
        includeRoot: true,
        protection,
        actor: ADA,
      }),
    ).rejects.toMatchObject({ code: 'export-no-key' })
    const ask = (vaultPassphrase: string) =>
      client.call('authority.exportKey', {
        authorityId: rootId,
        format: 'pkcs8',
        vaultPassphrase,
        keyPassphrase: null,
        filePassphrase: 'for the safe deposit',
        actor: ADA,
      })
    await expect(ask('not the passphrase')).rejects.toMatchObject({ code: 'passphrase-wrong' })
    expect(new TextDecoder().decode((await ask(PASSPHRASE)).bytes)).toContain('ENCRYPTED PRIVATE KEY')
    expect(acts(await client.call('journal.list', { offset: 0, limit: 2 }))).toEqual([
      'authority-key-exported',
      'authority-key-refused',
    ])
    worker.close()
  })

  test('a CA key with a passphrase of its own signs only after that was given, in this opening of the vault', async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    const own = 'a river bank of its own'
    const root = await issue(worker, {
      profileId: 'root',
      commonName: 'Guarded Root',
      caKey: { kind: 'own-passphrase', passphrase: own },
    })
    const authorityId = root.authorityId!
    const wish = { authorityId, profileId: 'intermediate', commonName: 'Below' }
    await expect(issue(worker, wish)).rejects.toMatchObject({
      code: 'key-locked',
      detail: { name: 'Guarded Root' },
    })
    await expect(
      client.call('authority.unlock', { authorityId, passphrase: 'not its passphrase', actor: ADA }),
    ).rejects.toMatchObject({ code: 'passphrase-wrong' })
    expect(await client.call('authority.unlock', { authorityId, passphrase: own, actor: ADA })).toMatchObject(
      {
        key: 'own-passphrase',
        ready: true,
      },
    )
    await issue(worker, wish)
    await client.call('vault.lock', null)
    await client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
    await expect(issue(worker, wish)).rejects.toMatchObject({ code: 'key-locked' })
    worker.close()
  })

  test('a destroyed key signs no more, its record stays, and its name must be typed', async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    const { intermediateId } = await hierarchy(worker)
    const destroy = (typedName: string, vaultPassphrase = PASSPHRASE) =>
      client.call('authority.destroyKey', {
        authorityId: intermediateId,
        typedName,
        seen: [],
        vaultPassphrase,
        actor: ADA,
      })
    await expect(destroy('example issuing ca')).rejects.toMatchObject({ code: 'name-mismatch' })
    await expect(destroy('Example Issuing CA', 'not the passphrase')).rejects.toMatchObject({
      code: 'passphrase-wrong',
    })
    expect(await destroy('Example Issuing CA')).toMatchObject({ key: 'destroyed', ready: false })
    const wish = { authorityId: intermediateId, profileId: 'tlsClient', commonName: 'Ann' }
    await expect(issue(worker, wish)).rejects.toMatchObject({ code: 'key-destroyed' })
    expect((await client.call('vault.check', null)).problems).toEqual([])
    worker.close()
  })

  test('a retired CA issues no more', async () => {
    const worker = startWorker()
    await createVault(worker)
    const { intermediateId } = await hierarchy(worker)
    await worker.client.call('authority.retire', { authorityId: intermediateId, actor: ADA })
    const wish = { authorityId: intermediateId, profileId: 'tlsClient', commonName: 'Ann' }
    await expect(issue(worker, wish)).rejects.toMatchObject({ code: 'authority-retired' })
    worker.close()
  })
})
