import { anchorCountsIn, DEFAULT_PROFILE } from '../lint/profiles.ts'
import { findingFix, findingSentence, messages, type Messages } from '../messages/messages.ts'
import { askedTexts } from './asked.ts'
import { fileName, textFile } from './file.ts'
import type {
  ValidatedCertificate,
  PathView,
  ReportDocument,
  ReportInputs,
} from '../border/protocol/validate.ts'
import type { RuleRow } from '../validate/report.ts'
import type { ExportFile } from '../border/views.ts'
import { encodePem } from '../x509/pem.ts'
import { safeLine } from '../messages/safe-text.ts'
import { documentPage, html } from './html.ts'
import type { Markup } from './html.ts'
import {
  detailText,
  isNoted,
  outcomeOf,
  sourceFinding,
  sourceText,
  stepName,
  valueText,
} from '../messages/rule-text.ts'
import { faults, headline, nameOf, refusals } from '../messages/verdict-text.ts'
import { algorithmName, sectionName } from '../messages/called.ts'

const words = (): Messages['ui']['report'] => messages().ui.report
const asked = (): Messages['ui']['validate'] => messages().ui.validate

/** Long enough for any real name; longer text ends in dots, and is complete in the JSON. */
const text = (value: string | null): string => safeLine(value ?? '', 4000)

/**
 * Returns the report as a page for people; certificate contents are escaped as text.
 */
export function reportHtml(document: ReportDocument, madeAt: Date): ExportFile {
  const { report, inputs } = document
  const best = report.paths[report.best]
  const target = best?.certificates.at(-1)
  const title = words().title(target ? nameOf(target) : words().noTarget)
  const others = report.paths.filter((path) => path !== best)
  const body = html`<h1 class="${document.verdict}">${headline(document)}</h1>
    ${faultList(document)}
    <p class="quiet">${words().made(madeAt, report.engine)}</p>
    ${questionOf(document, target)} ${inputsOf(inputs)}
    <h2>${words().path}</h2>
    ${best ? pathOf(best) : html`<p>${words().noPath}</p>`}
    ${others.map(
      (path, i) =>
        html`<h2>${words().otherPath(i + 1, others.length)}</h2>
          ${pathOf(path)}`,
    )}
    ${certificatesOf(report.paths)}`
  const page = documentPage({ language: messages().tag, title, body })
  const name = target ? fileName('report', target.card.fingerprint.slice(0, 16)) : 'report'
  return textFile(`${name}.html`, page, 'text/html')
}

function faultList({ report }: ReportDocument): Markup | null {
  const sentences = [...refusals(report), ...faults(report)].map(({ sentence }) => sentence)
  return sentences.length === 0
    ? null
    : html`<ul class="refusals">
        ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
      </ul>`
}

const fields = (rows: readonly (readonly [name: string, value: string | Markup])[]): Markup =>
  html`<dl>
    ${rows.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`

function questionOf({ options, report }: ReportDocument, target: ValidatedCertificate | undefined): Markup {
  const { profile = DEFAULT_PROFILE, explore = 'first', limits } = options
  const said = askedTexts(options)
  const pins = (options.pins ?? []).map(({ of, sha256 }) => `${of} ${text(sha256)}`)
  const { signatures, paths, comparisons } = report.spent
  const is = (on: boolean | undefined): string => (on === true ? words().yes : words().no)
  const { fields: labels } = words()
  return html`<h2>${words().asked}</h2>
    ${fields([
      [
        labels.target,
        target ? html`${nameOf(target)}, <code>${target.card.fingerprint}</code>` : words().none,
      ],
      [labels.at, options.at.toISOString()],
      [labels.purpose, said.purpose],
      [labels.names, said.names || words().none],
      [labels.profile, said.profile],
      [labels.revocation, said.revocation],
      [labels.nesting, is(options.ekuNesting ?? true)],
      [labels.anchors, is(options.anchorConstraints ?? anchorCountsIn(profile))],
      [labels.sha1, is(options.allowSha1)],
      [labels.pins, messages().format.series(pins) || words().none],
      [labels.explore, words().explore[explore]],
      [labels.limits, detailText(limits ?? null) || words().usualLimits],
      [labels.spent, asked().spent(signatures, paths, comparisons)],
    ])}`
}

function inputsOf({ files, anchors, certificateLists, ocspResponses }: ReportInputs): Markup {
  const hash = (sha256: string): Markup => html`<code>${sha256}</code>`
  const rows: [string, Markup][] = [
    ...files.map((file): [string, Markup] => [words().file(text(file.name), file.size), hash(file.sha256)]),
    ...anchors.map((each): [string, Markup] => [words().anchor(text(each.subject)), hash(each.sha256)]),
    ...certificateLists.map((list): [string, Markup] => [
      words().list(text(list.issuer), list.thisUpdate, list.nextUpdate),
      hash(list.sha256),
    ]),
    ...ocspResponses.map((each): [string, Markup] => [words().response(each.producedAt), hash(each.sha256)]),
  ]
  return html`<h2>${words().inputs}</h2>
    <ul>
      ${rows.map(([what, sha256]) => html`<li>${what}<br />${sha256}</li>`)}
    </ul>`
}

/** Anchor first, as the page shows it. */
const pathOf = ({ verdict, certificates }: PathView): Markup =>
  html`<p class="${verdict}">${asked().verdictWord[verdict]}</p>
    ${certificates.map((each, i) => certificateOf(each, certificates.length - 1 - i))}`

function certificateOf(certificate: ValidatedCertificate, depth: number): Markup {
  const { card, from, place, rows } = certificate
  const name = nameOf(certificate)
  const { card: labels, columns } = words()
  // Rules that did not apply are listed on a few lines: they are the most, and matter least.
  const idle = rows
    .filter((row) => !applies(row))
    .map(({ step, section }) => `${stepName(step)} (${sectionName(section)})`)
  return html`<h3>${words().depth(depth)}: ${name}</h3>
    <p class="quiet">${words().place[place]}, ${asked().from[from]}</p>
    ${fields([
      [labels.subject, text(card.subject) || words().none],
      [labels.issuer, text(card.issuer)],
      [labels.serialNumber, html`<code>${text(card.serialNumber)}</code>`],
      [labels.validity, words().validity(card.notBefore, card.notAfter)],
      [labels.key, text(algorithmName(card.keyAlgorithm))],
      [labels.signature, text(algorithmName(card.signatureAlgorithm))],
      [labels.fingerprint, html`<code>${card.fingerprint}</code>`],
    ])}
    <table class="rules">
      <thead>
        <tr>
          <th scope="col">${columns.outcome}</th>
          <th scope="col">${columns.rule}</th>
          <th scope="col">${columns.section}</th>
          <th scope="col">${columns.value}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.filter(applies).map((row) => rowOf(row, certificate))}
      </tbody>
    </table>
    ${idle.length === 0 ? null : html`<p class="idle">${asked().outcome['not-applicable']}: ${idle.join('; ')}.</p>`}`
}

const applies = ({ outcome }: RuleRow): boolean => outcome !== 'not-applicable'

function rowOf(row: RuleRow, certificate: ValidatedCertificate): Markup {
  const name = nameOf(certificate)
  const outcome = outcomeOf(row, certificate)
  const findings = row.findings.map((finding) => {
    const fix = findingFix(finding, name)
    const said = `${findingSentence(finding, name)}${fix === null ? '' : ` ${fix}`}`
    return html`<br />${text(said)}`
  })
  const sources = (row.sources ?? []).map((source) => {
    const said = source.findings.map((finding) => ` ${sourceFinding(source, finding, name).sentence}`)
    return html`<br /><span class="quiet">${text(sourceText(source) + said.join(''))}</span>`
  })
  const note =
    certificate.place === 'anchor' && isNoted(row, certificate) ? asked().anchorNote : words().noRefusal
  const borne =
    row.outcome === 'failed' && !row.refused ? html`<br /><span class="quiet">${note}</span>` : null
  return html`<tr>
    <td class="${outcome}">${asked().outcome[outcome]}</td>
    <td>${stepName(row.step)}${findings}${borne}${sources}</td>
    <td>${sectionName(row.section)}</td>
    <td>${text(valueText(row))}</td>
  </tr>`
}

/** Each certificate of any path once, as it was read. */
function certificatesOf(paths: readonly PathView[]): Markup {
  const all = new Map(
    paths.flatMap(({ certificates }) => certificates.map((each) => [each.card.fingerprint, each] as const)),
  )
  return html`<h2>${words().pem}</h2>
    ${[...all.values()].map(
      (each) =>
        html`<h3>${nameOf(each)}</h3>
          <pre>${encodePem('CERTIFICATE', each.der)}</pre>`,
    )}`
}
