import type { SignedResponses } from '../border/protocol/response.ts'
import type { LargeFile } from '../border/views.ts'
import { continueZip } from '../containers/zip.ts'
import { messages } from '../messages/messages.ts'
import { utf8 } from '../octets.ts'
import { seen } from '../plain-text.ts'
import { nginxFor } from './nginx.ts'
import { sheetHtml, sheetText, type Sheet } from './sheet.ts'

/** Returns the archive of signed responses, with a sheet that says what to publish when. */
export function responsesFile(run: SignedResponses): LargeFile {
  const { files, state } = run.archive
  const sheet = sheetOf(run)
  const zip = continueZip(state)
  const more = [
    ...zip.add('publish.html', utf8(sheetHtml(sheet))),
    ...zip.add('publish.txt', utf8(sheetText(sheet))),
    ...zip.end(),
  ]
  const type = 'application/zip'
  const blob = new Blob([files, ...more.map((piece) => new Uint8Array(piece))], { type })
  return { name: `${run.stem}.ocsp.zip`, type, blob }
}

function sheetOf({ name, periods, perPeriod, responses, address, at, by }: SignedResponses): Sheet {
  const words = messages().ui.responses.publish
  const { from, until, nextUpdate, count, folder } = words.columns
  return {
    language: words.language,
    title: words.title(seen(name)),
    lead: words.lead(messages().format.number(responses), messages().format.moment(at), seen(by)),
    warnings: words.warnings,
    columns: [from, until, nextUpdate, count, folder],
    rows: periods.map((period) => [
      messages().format.moment(period.thisUpdate),
      messages().format.moment(period.publishUntil),
      messages().format.moment(period.nextUpdate),
      String(perPeriod),
      period.folder,
    ]),
    verbatim: [{ heading: words.server, text: nginxFor(address) }],
  }
}
