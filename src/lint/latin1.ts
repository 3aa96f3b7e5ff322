/** Octets as text, one character each: what is to be shown of an IA5String whatever it holds. */
export const latin1 = (octets: Uint8Array): string => String.fromCharCode(...octets.subarray(0, 2000))
