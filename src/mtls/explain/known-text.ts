import type { ProgramId } from '../programs/program.ts'
import type { Side } from '../wire/transcript.ts'
import type { TextCode } from './codes.ts'

/** Who printed a text: one of the measured programs, or one that was not. */
export type Printer =
  | ProgramId
  | 'chrome'
  | 'firefox'
  | 'windows'
  | 'dotnet'
  | 'apple'
  | 'android'
  | 'postgresql'
  | 'iis'
  | 'mosquitto'
  | 'erlang'
  | 'envoy'
  | 'openvpn'
  | 'mongodb'
  | 'openldap'
  | 'aws'
  | 'wget'
  | 'cloudflare'

/** The names of those that were not measured. */
export const PRINTER_NAMES: Readonly<Record<Exclude<Printer, ProgramId>, string>> = {
  chrome: 'Chrome',
  firefox: 'Firefox',
  windows: 'Windows',
  dotnet: '.NET',
  apple: 'an Apple system',
  android: 'Android',
  postgresql: 'PostgreSQL',
  iis: 'IIS',
  mosquitto: 'Mosquitto',
  erlang: 'Erlang (RabbitMQ, EMQX)',
  envoy: 'Envoy',
  openvpn: 'OpenVPN',
  mongodb: 'MongoDB',
  openldap: 'OpenLDAP',
  aws: 'AWS',
  wget: 'wget',
  cloudflare: 'Cloudflare',
}

/** A text that is in no program's table of reasons. */
export interface KnownText {
  readonly code: TextCode
  /** `*` is a value; an underscore and a space are the same. */
  readonly phrase: string
  readonly printer?: Printer
  readonly by?: Side
  /** Printed in a test; the others are known from documents and reports. */
  readonly isMeasured?: true
}

export const of = (code: TextCode, ...phrases: string[]): KnownText[] =>
  phrases.map((phrase) => ({ code, phrase }))
export const by = (code: TextCode, printer: Printer, side: Side | null, ...phrases: string[]): KnownText[] =>
  phrases.map((phrase) => ({ code, phrase, printer, ...(side && { by: side }) }))
