/** MUST → error, SHOULD → warning, judgement → notice. */
export type Severity = 'error' | 'warning' | 'notice'
