/** Octets as text, one character each: displays any content of an IA5String. */
export const latin1 = (octets: Uint8Array): string => String.fromCharCode(...octets.subarray(0, 2000))
