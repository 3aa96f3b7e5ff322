import type { Forwarding, ReadElement } from './facts.ts'
import type { Slice } from './slice.ts'

/** Why a value must not be forwarded, or not be read as if it were unambiguous. */
export type Caution =
  /** The lines after the first begin with a tab: header folding, which servers refuse. */
  | 'folded'
  /** It has line breaks, which no header can carry. */
  | 'line-breaks'
  /** Its values are not escaped: a separator in one looks like the writer's own. */
  | 'unescaped'
  /** Not the order of the certificate, and some attributes are left out or merged. */
  | 'reordered'
  /** Characters beyond ASCII as raw UTF-8, which many servers read as Latin-1 or refuse. */
  | 'raw-utf8'
  /** A plus sign stays: a reader that decodes forms makes a space of it. */
  | 'plus'
  /** Zero says that nothing failed, also when no certificate came. */
  | 'zero-without-certificate'
  /** "(null)" when there is no certificate. */
  | 'null-text'
  /** Only SHA-1. */
  | 'sha1'
  /** Filled although the certificate was not accepted; ask for the verdict too. */
  | 'unverified'
  /** Too long a value becomes empty. */
  | 'empty-if-long'
  /** The first element is the client's word where proxies append; only the last ones are the proxies'. */
  | 'appended'

export interface HeaderRow {
  /** The header as printed in the settings; where it is one's own choice, the usual one. */
  readonly name: string
  /** What the program calls the value; empty if it writes the header itself. */
  readonly variable: string
  readonly cautions?: readonly Caution[]
  /** The variable is not to be forwarded, and is here to be recognized. */
  readonly never?: boolean
  /** It has what the client sent after its own certificate. */
  readonly chain?: boolean
  /** May come more than once: each is one more part of the list. */
  readonly list?: boolean
  /** Returns the exact value, null if there is none to write; absent if the exact form is not known. */
  readonly write?: (from: Forwarding) => string | null
  /** Refuses what is not of this form. */
  readonly read: (value: Slice) => readonly ReadElement[]
}

export type FormatId =
  | 'plain-pem'
  | 'plain-der'
  | 'nginx'
  | 'haproxy'
  | 'apache'
  | 'envoy'
  | 'rfc9440'
  | 'traefik'
  | 'caddy'
  | 'aws-alb'
  | 'cloudfront'
  | 'google'
  | 'azure-app-service'
  | 'azure-gateway'
  | 'cloudflare'
  | 'ingress-nginx'

/** One program's way to say who the client is: a file of `formats/`, and a line of `formats.ts`. */
export interface HeaderFormat {
  readonly id: FormatId
  /** As its makers call it. */
  readonly program: string
  /** Of the program, where it was run or read. */
  readonly versions: readonly string[]
  /** measured: what it writes was recorded here; source: read in its source; documented: said by its manual. */
  readonly basis: 'measured' | 'source' | 'documented'
  /** Whether a client's own copy of the headers is removed. */
  readonly strips: 'default' | 'setting' | 'never'
  /** Whether the names of the headers are fixed by the program, or one's own choice. */
  readonly names: 'fixed' | 'chosen'
  readonly rows: readonly HeaderRow[]
  /** In the program's own language: what writes the headers, and replaces a client's copy. Empty if there is none. */
  readonly setting: string
  /** What only removes a client's copy, for where no certificate is asked for. Empty if there is none. */
  readonly stripping: string
}

export interface HeaderLine {
  readonly name: string
  readonly value: string
}

/** The rows that are meant to be forwarded. */
export const forwardedRows = (rows: readonly HeaderRow[]): HeaderRow[] => rows.filter(({ never }) => !never)

/** A line of a setting for each row that is forwarded. */
export const settingLines = (rows: readonly HeaderRow[], line: (row: HeaderRow) => string): string =>
  forwardedRows(rows).map(line).join('\n')

/** Returns the header lines of a program for a certificate; rows whose exact form is not known are left out. */
export function writeHeaders({ rows }: Pick<HeaderFormat, 'rows'>, from: Forwarding): HeaderLine[] {
  return forwardedRows(rows).flatMap(({ name, write }) => {
    const value = write?.(from) ?? null
    return value === null ? [] : [{ name, value }]
  })
}
