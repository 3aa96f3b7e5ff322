/** The most that the file of a plan may hold; characters, where it is text. */
export const PLAN_LIMITS = {
  octets: 2 * 1024 * 1024,
  people: 64,
  materials: 100,
  existing: 32,
  /** What one CA has revoked. */
  revoked: 2000,
  keys: 64,
  requests: 256,
  certificates: 256,
  lists: 64,
  /** Groups of OCSP responses, and the responses of one. */
  responses: 64,
  answers: 200,
  destructions: 32,
  accepted: 200,
  steps: 1000,
  /** Stop rules. */
  rules: 50,
  attributes: 20,
  names: 100,
  /** In one extension. */
  values: 100,
  id: 40,
  /** A title, a name, a place. */
  line: 200,
  /** A purpose, a reason, a note. */
  text: 2000,
  /** One value of a certificate. */
  value: 2000,
  /** An extension by OID, in hexadecimal. */
  custom: 20_000,
  digits: 40,
  pem: 65_536,
  days: 3660,
  overlapDays: 366,
  /** Revocation lists signed one after the other. */
  count: 200,
} as const
