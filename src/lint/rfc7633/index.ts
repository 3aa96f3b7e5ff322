import { listed } from '../rule.ts'
import { tlsFeatureNotInherited } from './tls-feature-not-inherited.ts'

/** Requirements of RFC 7633, in addition to those of RFC 5280. */
export const TLS_FEATURE_RULES = listed([tlsFeatureNotInherited])
