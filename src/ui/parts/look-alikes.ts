/**
 * Names that are taken for one another, after the skeletons of UTS 39 §4. Forms of one letter (full width, mathematical, with
 * marks) come together by decomposition; letters of other scripts by this table of those that common fonts draw alike.
 */
const TAKEN_FOR: Readonly<Record<string, string>> = {
  a: 'аАαΑᎪꓮɑ',
  b: 'ВЬьΒᏴᏏꓐ',
  c: 'сСϲϹᏟꓚ',
  d: 'ԁԀᎠᏧꓓ',
  e: 'еЕҽΕᎬꓰ',
  f: 'ϝϜꓝ',
  g: 'ԍԌցᏀꓖɡ',
  h: 'һҺНΗհᎻꓧ',
  i: 'іІιΙꓲıɩӀӏ',
  j: 'јЈϳͿᎫꓙյ',
  k: 'кКκΚᏦꓗ',
  l: 'ⳑᏞꓡԼ',
  m: 'мМΜᎷꓟ',
  n: 'ΝոռꓠпᏁ',
  o: 'оОοΟσօՕჿꓳ',
  p: 'рРρΡᏢꓑ',
  q: 'ԛԚգզ',
  r: 'гᎡᏒꓣ',
  s: 'ѕЅՏᏚꓢ',
  t: 'тТτΤᎢꓔ',
  u: 'υսՍꓴ',
  v: 'ѵѴνᏙꓦ',
  w: 'ԝԜѡωᎳꓪա',
  x: 'хХχΧꓫ',
  y: 'уУүҮγΥᎩꓬ',
  z: 'ΖᏃꓜ',
}
const LATIN = new Map(Object.entries(TAKEN_FOR).flatMap(([to, all]) => [...all].map((from) => [from, to])))

/** Longer names are no names that anyone reads to the end. */
const LONGEST = 400

/** The Latin letter that one of another script, or another form of it, is taken for; null for every other character. */
export const takenFor = (character: string): string | null => LATIN.get(character) ?? null

/** What a name looks like to who reads it in passing: no case, marks, spaces or scripts, and 0, 1 and l, rn and vv as they seem. */
export function skeleton(name: string): string {
  const bare = name
    .slice(0, LONGEST)
    .normalize('NFKD')
    .replace(/[\p{M}\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu, '')
  return [...bare]
    .map((character) => takenFor(character) ?? character)
    .join('')
    .toLowerCase()
    .replace(/[il|]/g, '1')
    .replace(/o/g, '0')
    .replace(/rn/g, 'm')
    .replace(/vv/g, 'w')
}

/** The first of `known` that `name` looks like without being it; null where there is none. */
export function lookedLike(name: string, known: readonly string[]): string | null {
  const seen = skeleton(name)
  return seen === '' ? null : (known.find((each) => each !== name && skeleton(each) === seen) ?? null)
}
