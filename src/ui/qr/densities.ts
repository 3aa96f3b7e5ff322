/** Octets of a part, each the most for a code of 57, 73, 85 and 97 squares a side. */
export const DENSITIES = { coarse: 236, medium: 418, fine: 600, finest: 806 } as const

export type Density = keyof typeof DENSITIES
