/**
 * 256 short words that are hard to mishear; an octet of a key’s hash picks one. The same in every language: people compare
 * them with what another page or printout shows.
 */
export const SEAL_WORDS: readonly string[] = `
acorn adder agate alder almond amber anchor anvil apple apron arbor arrow aspen aster attic autumn
badger bamboo banjo barley barn basil basket beacon beaver bell birch bison blanket boulder bramble brass
breeze brick bridge bronze brook bucket buffalo butter button cabin cable cactus camel candle canoe canyon
carbon carpet castle cedar cellar chalk cherry chisel cinder circle clover cobalt cobra comet compass copper
coral cotton crane crater cricket crystal cypress dagger daisy dancer desert diamond dolphin donkey dragon drum
eagle easel ebony elbow elder ember engine falcon feather fennel ferry fiddle finch flannel flint flute
forest fossil fountain fox garden garlic garnet gazelle ginger glacier goblet golden gopher granite grape gravel
hammer harbor harp harvest hazel helmet heron hickory hollow honey hornet horizon icicle indigo iron island
ivory jacket jaguar jasmine jasper jelly jigsaw juniper kayak kernel kettle kitchen kite ladder lagoon lantern
lark laurel lava lemon lentil leopard lilac linen lion lizard lobster locket lotus lumber lynx magnet
mango maple marble marigold meadow melon mercury meteor midnight mirror mitten monsoon mosaic mustard nectar needle
nickel nutmeg oasis oatmeal ocean olive onyx opal orange orbit orchid osprey otter oyster paddle pancake
panther paper parrot pearl pebble pepper pewter pigeon pillow pine pistol planet plaza plum pocket pollen
pony poplar prairie prism puffin pumpkin quarry quartz quill rabbit radish raft raven ribbon river robin
rocket ruby saddle saffron salmon sandal sapphire scarlet shadow silver sparrow spiral spruce squash summit sunset
swan tango teapot temple thistle thunder tiger timber topaz tulip tundra turnip turtle velvet violet walnut
`
  .trim()
  .split(/\s+/)
