/** The chosen ones with this one among them, or without it. */
export const including = <T>(chosen: readonly T[], one: T, isIn: boolean): T[] =>
  isIn ? [...chosen, one] : chosen.filter((each) => each !== one)
