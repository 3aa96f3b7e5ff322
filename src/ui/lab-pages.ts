/** The lab: a pack of its own. */
export { default as Lab } from './lab/pages/Lab.svelte'
