/** The form that makes a plan: its answers, and the files that it asks for. */
import { amendPlan } from '../../../ceremony/amend.ts'
import { makePlan } from '../../../ceremony/plan-form/make-plan.ts'
import { attributesOf } from '../../../ceremony/templates.ts'
import { bigIntOf } from '../../../octets.ts'
import type { CertificateList } from '../../../x509/certificate-list.ts'
import { nameToText, type Name } from '../../../x509/name.ts'
import { isCa } from '../../../x509/roles.ts'
import type { AnswerFile } from '../../../border/protocol/ceremony.ts'
import type { Call, Handlers } from '../../../border/dispatch.ts'
import type { In } from '../../../border/protocol.ts'
import { readFiles } from '../../files/reading.ts'
import { readableRequests } from '../../requests/methods/request.ts'
import { sha256Hex } from '../../../webcrypto/signature.ts'

type FormMethods = Pick<
  Handlers,
  'ceremony.amend' | 'ceremony.template' | 'ceremony.answerFiles' | 'ceremony.sum'
>

/** Certificates of CAs, then requests, then revocation lists; what else is in the files is not asked for. */
async function answerFiles(
  { files }: In<'ceremony.answerFiles'>,
  call: Call,
): Promise<readonly AnswerFile[]> {
  const { items } = await readFiles(files, { privateKeys: 'match' }, call)
  const authorities = items.flatMap((item) =>
    item.kind === 'certificate' && isCa(item.certificate) ? [answerFile('authority', item.certificate)] : [],
  )
  const requests = readableRequests(items).read.map(({ request }) => answerFile('request', request))
  const lists = items.flatMap((item) =>
    item.kind === 'crl'
      ? [answerFile('list', { der: item.crl.der, subject: item.crl.issuer }, item.crl)]
      : [],
  )
  return Promise.all([...authorities, ...requests, ...lists])
}

const answerFile = async (
  kind: AnswerFile['kind'],
  { der, subject }: { readonly der: Uint8Array; readonly subject: Name },
  list?: CertificateList,
): Promise<AnswerFile> => ({
  ...{ kind, der, sha256: await sha256Hex(der) },
  ...{ name: nameToText(subject), subject: list ? [] : attributesOf(subject) },
  number: list?.cRLNumber ? String(bigIntOf(list.cRLNumber)) : null,
})

export const planFormMethods: FormMethods = {
  'ceremony.template': (answers) => Promise.resolve(makePlan(answers)),
  'ceremony.amend': ({ file, amendments }) => Promise.resolve(amendPlan(file, amendments)),
  'ceremony.answerFiles': answerFiles,
  'ceremony.sum': ({ file }) => sha256Hex(file),
}
