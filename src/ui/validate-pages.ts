/** The pages that validate and need no vault: a pack of their own. */
export { default as Validate } from './validate/pages/Validate.svelte'
export { default as Rule } from './validate/pages/Rule.svelte'
