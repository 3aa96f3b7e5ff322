/** What is needed for a ceremony: its own pack. */
export { default as Ceremony } from './ceremony/pages/Ceremony.svelte'
