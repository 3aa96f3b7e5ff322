/** Kubernetes: secrets, and an ingress of ingress-nginx that asks for client certificates. */
import { checksFor, type Checks } from './checks.ts'
import { curlLine } from './curl-line.ts'
import { doubleQuoted } from './in-code.ts'
import type { Prepared } from './order.ts'
import { FILES, asksFor, checksLists, commonLimits, limit, pemFiles, textFile } from './parts.ts'
import type { Destination, Print } from './printed.ts'

export const kubernetes: Destination = {
  id: 'kubernetes',
  name: 'Kubernetes (ingress-nginx)',
  sides: ['server'],
  seen: [],
  logs: {},
  print,
}

const NONE: Checks = { names: [], certificates: [], keys: [], ranges: [], notFrom: [] }
const PREFIX = 'nginx.ingress.kubernetes.io'

function print(order: Prepared): Print {
  const { checks, limits } = asksFor(order) ? checksFor(order, ['ranges']) : { checks: NONE, limits: [] }
  const isClosed = checks === null || checks.ranges.length > 1
  const names = FILES.server
  const secrets = [
    'apiVersion: kustomize.config.k8s.io/v1beta1',
    'kind: Kustomization',
    'namespace: default',
    'resources: [ingress.yaml]',
    'generatorOptions: { disableNameSuffixHash: true }',
    'secretGenerator:',
    '  - name: mtls-server',
    '    type: kubernetes.io/tls',
    `    files: [tls.crt=${names.chain}, tls.key=${names.key}]`,
    ...(asksFor(order)
      ? [
          '  - name: mtls-client-cas',
          `    files: [ca.crt=${names.anchors}${checksLists(order) ? `, ca.crl=${names.lists}` : ''}]`,
        ]
      : []),
  ]
  return {
    files: [
      ...pemFiles(order),
      textFile('kustomization.yaml', 'settings', secrets),
      textFile('ingress.yaml', 'settings', ingress(order, isClosed ? null : checks)),
    ],
    ...{ before: [], check: ['kubectl kustomize .'], start: ['kubectl apply -k .'], ask: [curlLine(order)] },
    limits: [
      ...commonLimits(order, { anchors: 'roots-alone' }),
      ...limits,
      // Two lists of addresses, of which each has to hold.
      ...(isClosed && checks !== null ? [limit('cannot-ask', 'nobody', ['network', 'application'])] : []),
    ],
  }
}

function ingress(order: Prepared, checks: Checks | null): string[] {
  const { server, host, isAddress, intermediates } = order
  const annotations: (readonly [name: string, value: string])[] = []
  if (asksFor(order))
    annotations.push(
      ['auth-tls-secret', 'default/mtls-client-cas'],
      ['auth-tls-verify-client', server.asks === 'optional' ? 'optional' : 'on'],
      ['auth-tls-verify-depth', String(intermediates)],
    )
  for (const ranges of checks?.ranges ?? []) annotations.push(['whitelist-source-range', ranges.join(',')])
  for (const ranges of denied(checks)) annotations.push(['denylist-source-range', ranges])
  const named = isAddress ? null : host
  return [
    'apiVersion: networking.k8s.io/v1',
    'kind: Ingress',
    'metadata:',
    '  name: mtls',
    ...(annotations.length > 0 ? ['  annotations:'] : []),
    ...annotations.map(([name, value]) => `    ${PREFIX}/${name}: ${doubleQuoted(value)}`),
    'spec:',
    '  ingressClassName: nginx',
    '  tls:',
    '    - secretName: mtls-server',
    ...(named === null ? [] : [`      hosts: [${doubleQuoted(named)}]`]),
    '  rules:',
    named === null ? '    - http:' : `    - host: ${doubleQuoted(named)}`,
    ...(named === null ? [] : ['      http:']),
    '        paths:',
    '          - path: /',
    '            pathType: Prefix',
    '            # The service that answers.',
    '            backend: { service: { name: application, port: { number: 80 } } }',
  ]
}

const denied = (checks: Checks | null): string[] =>
  checks === null ? ['0.0.0.0/0,::/0'] : checks.notFrom.length > 0 ? [checks.notFrom.join(',')] : []
