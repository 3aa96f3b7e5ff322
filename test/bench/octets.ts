/** Octets as a string of characters below 256, as node-forge takes and gives them. */
export const binary = (octets: Uint8Array): string => String.fromCharCode(...octets)
