/** Returns the selection with this one added or removed. */
export const including = <T>(chosen: readonly T[], one: T, isIn: boolean): T[] =>
  isIn ? [...chosen, one] : chosen.filter((each) => each !== one)
