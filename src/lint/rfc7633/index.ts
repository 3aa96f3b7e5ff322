import { listed } from '../rule.ts'
import { tlsFeatureNotInherited } from './tls-feature-not-inherited.ts'

/** Demands of RFC 7633, which stand beside those of RFC 5280. */
export const TLS_FEATURE_RULES = listed([tlsFeatureNotInherited])
