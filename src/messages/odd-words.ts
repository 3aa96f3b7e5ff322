/**
 * Another 256 words, for the octets at odd places of a hash that is read aloud in full; the first list (seal-words.ts) is
 * for those at even places, so that a word left out or two in the wrong order are noticed. No word begins as another does,
 * is one in the first list, or is written or spoken nearly like one (test/unit/ui/hash-words.test.ts). Both lists
 * together are `en-1`, the same in every language.
 */
export const ODD_WORDS: readonly string[] = `
admiral airport alphabet antique armchair artist athlete atlas avenue bachelor bagpipe bakery ballad
bandage bargain baseball basement bathtub bedroom blossom bookshop bouquet bowling bracelet brigade
broccoli bulletin bungalow calendar captain caravan carnival cashier cauldron celery century ceramic
champion chariot checkers chemist chestnut chimney chocolate chorus cinema citizen clarinet climate clinic
coffee college column concert confetti cookie corridor costume cowboy crescent crossword cupboard cushion
customer cyclist daughter decade dentist diploma director discount doctor domino doorbell dressing duchess
dustpan dynamo earring echo eclipse editor eighty elevator embassy envelope equator evening exhibit
explorer fabric factory fiction firework folklore football footstep forehead formula frontier galaxy
gateway giant governor graduate grammar guardian guitar gymnast halfway harmony headline heirloom highway
holiday homework hospital hundred hydrogen igloo inkwell janitor journal juggler jukebox kingdom landlord
language laundry lecture legend liberty library limerick luggage lullaby machine magazine magician manager
mandolin marathon mascot mattress mechanic memory message metaphor museum narrator necklace nephew
nineteen notebook novelist nozzle obelisk octave officer omelet opera orchestra organist origin ornament
outfit overcoat oxygen package parachute passport pastry patient perfume pharmacy pianist pilgrim pioneer
platform postcard potato princess program proverb pyramid railway rainbow raincoat republic rescue
rotation royalty runway sailor scaffold scholar scissors sculptor sentence shampoo shepherd sheriff
shipyard shoelace shortcut snowman soprano souvenir spectrum speech spider sponsor stadium stairway statue
student suburb suitcase surgeon surprise symphony taxi telescope tenant tennis terrace textbook thermos
thirteen thousand tourist tractor treasure triangle trombone trumpet tutor twilight umbrella uncle uniform
universe vacation vanilla vehicle veteran village vinegar visitor vitamin volcano watchman waterfall
wedding weekend whisper
`
  .trim()
  .split(/\s+/)
