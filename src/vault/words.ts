/** 1,024 short English words that are easy to tell apart, type and say: ten bits each. */
export const WORDS: readonly string[] = `
acid acorn acre actor agent album alder alley aloe amber anchor angle ankle anvil apple apron arch arena
armor arrow atlas attic aunt autumn award axle baby bacon badge badger bagel baker balm bamboo banana
band bank bard barn barrel basil basin basket bath beach bead beam bean bear beard beaver bed bee beef
beet bell belt bench berry bike bin birch bird bison blade blanket blaze bloom blouse blue board boat
bolt bone book boot border bottle bowl box brace brain bramble branch brass bread brick bridge broom
brush bucket bud buffalo bugle bull bunny burger bus bush butter button cabin cable cactus cake calf
camel camera camp canal candle candy cane canoe canvas cape car card cargo carp carrot cart cashew
castle cat cave cedar cello chain chair chalk chapel cheese cherry chess chest chin chip choir cider
cinema circle city clam clay clerk cliff clock cloth cloud clover club coach coal coast coat cobra cocoa
coffee coil coin comb comet cone copper coral cord cork corn corner cotton couch cousin cow crab crane
crate crayon cream creek crew cricket crow crown cube cup curl curtain curve cycle daisy dance dart dawn
deck deer den desk dew dial diary dice dime diner dish dock doctor dog doll dolphin dome donkey door
dove dragon drawer dream dress drill drum duck dune dust dynamo eagle ear earth easel east echo edge eel
egg elbow elder elk elm ember engine ermine exit eye fabric face fairy falcon family fan farm fawn feast
feather fence fern ferry fiddle field fig film fin finch finger fiord fir fire fish flag flame flax flea
fleet flint flock flood floor flour flower flute foal foam fog folk font fork fort fossil fox frame frog
frost fruit fudge fur gable galaxy gallery game garage garden garlic garnet gate gazelle gecko gem giant
gift ginger giraffe glacier glass globe glove glue gnat goat gold golf gondola goose gourd grain grape
grass gravel gravy green grid grove guest guitar gull gym hail hair hall ham hammer hammock hamper hand
harbor hare harp harvest hat hawk hay hazel head heart hedge heel helmet hen herb heron hill hinge hippo
hive hoe holly honey hood hoof hook horn horse hose hotel house hull hut ice icon igloo inch ink inlet
insect iris iron island ivory ivy jacket jade jam jar jasmine jaw jazz jeans jelly jet jewel jigsaw
judge juice jungle juniper kale kayak kelp kennel kettle key kid kilt king kiosk kite kitten kiwi knee
knife knight knot koala lace ladder lake lamb lamp lance land lane lantern larch lark laser lasso lava
lawn lawyer leaf leather ledge leek leg lemon lens leopard letter lever library lichen lid light lilac
lily lime linen lion lip lizard llama loaf lobby lobster lock locket log loom lotus lounge lunar lunch
lute lynx magnet maid mail maize mallet mango manor mantle map maple marble march mare market marsh mask
mast mat maze meadow meal medal melon menu metal meteor mile milk mill mineral mint mirror mist mitten
moat model mole monk monkey moon moose morning moss moth motor mound mouse mouth mud muffin mug mule
museum music mustard nail napkin navy neck needle nephew nest net nettle newt nickel night noodle noon
north nose note novel nugget nurse nut nylon oak oar oasis oat ocean office oil olive onion onyx opal
opera orange orbit orchard orchid organ osprey ostrich otter oven owl oxen oyster paddle page paint
palace palm pan panda panel pansy panther paper parade park parrot parsley pasta paste patch path patio
paw peach peacock peak pear pearl pebble pecan pedal pelican pen pencil penguin penny pepper perch petal
phone photo piano pickle picnic pie pier pig pigeon pillar pillow pilot pine pipe pirate pizza plaid
plain planet plank plant plate plaza plow plum plume pocket poem poet pole pollen polo pond pontoon pony
pool poplar poppy porch port poster pot potato pouch powder prairie prince prism prune puddle puffin
pulley pump pumpkin puppet puppy purse puzzle quail quarry quartz queen quest quiche quill quilt quince
quiver rabbit raccoon radar radio radish raft rail rain raisin rake ram ramp ranch raven razor record
reed reef reindeer relay resin ribbon rice riddle rider ridge ring river road robe robin robot rock
rocket rod roof room root rope rose rotor round row ruby rudder rug ruler rust rye sabre sack saddle
safari saffron sage sail salad salmon salt sand sandal satin sauce sauna scale scarf school scooter
scout screen screw scroll sea seal season seat seed sesame shade shadow shark shed sheep shelf shell
sherbet shield ship shirt shoe shop shore shovel shower shrimp shrub silk silver singer siren sister
skate sketch ski skirt skunk sky slate sled sleeve slice slope sloth smoke snail snake snow soap sock
soda sofa soil solar song soot soup south spade spark sparrow spear sphere spice spider spinach spiral
sponge spoon spring spruce square squash squid squirrel stable stadium stag stage stair stamp star
station statue steam steel stem step stick stone stool stork storm stove straw stream street string
studio sugar suit summer sun swallow swamp swan sweater swim swing sword syrup table tablet tack tail
tailor talon tango tank tape tapir tar target tassel tavern taxi tea teapot temple tennis tent thimble
thistle thorn thread throne thumb thunder thyme ticket tide tiger tile timber tin tinsel tire toad toast
toe tomato tongue tool tooth topaz torch tortoise totem toucan towel tower town toy track tractor trail
train tram tray treasure tree trench tribe trophy trout truck trumpet trunk tuba tube tulip tuna tundra
tunnel turban turkey turnip turtle tusk tutor tweed twig twin umbrella uncle unicorn urn valley valve
van vapor vase vault veil velvet vessel vest viaduct village vine vinegar viola violet violin viper
visor volcano vole vulture waffle wagon waist wallet walnut walrus waltz wand wasp watch water wave wax
weasel web wedge well west whale wheat wheel whisk whistle wick willow wind window wine wing winter wire
wolf wombat wood wool worm wreath wren wrist yacht yak yam yard yarn yeast yellow yew yoga yogurt yolk
zebra zenith zephyr zero zigzag zinc zipper zone zoo
`
  .trim()
  .split(/\s+/)
