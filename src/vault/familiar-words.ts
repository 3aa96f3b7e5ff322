/** What people build a passphrase from, in addition to the common passwords, without accents and in lower case. */

/** What this program, its keys and their owners are called, and the words for a password. */
export const FAMILIAR: ReadonlySet<string> = new Set(
  `rootcellar root rootca certificate certificates certificat zertifikat certificado authority authorities vault
  tresor issuing intermediate subordinate signing server client example test testing company firma firm name key
  keys private public secret encryption offline backup admin administrator user benutzer login welcome willkommen
  bienvenue bienvenido passphrase password passwort kennwort losung losungswort geheim geheimnis motdepasse
  motdepass codesecret contrasena clave secreto parola segreto wachtwoord haslo heslo losenord senha пароль
  секрет привет this that with your hello hallo bonjour hola ciao change changeme default mustermann musterfrau
  max john smith doe https http www com org net local internal global trust
  spring summer autumn winter fall fruhling fruehling sommer herbst printemps ete automne hiver primavera verano
  otono invierno mein meine mypass`.split(/\s+/),
)

/** Numbers, months and days as words. */
export const NUMERALS: ReadonlySet<string> = new Set(
  `one two three four five six seven eight nine ten eleven twelve zero
  ein eins zwei drei vier funf fuenf sechs sieben acht neun zehn elf zwolf zwoelf null
  deux trois quatre cinq six sept huit neuf dix uno dos tres cuatro cinco seis siete ocho nueve diez
  due tre quattro cinque sette otto nove dieci
  january february march april may june july august september october november december
  jan feb mar apr jun jul aug sep sept oct nov dec
  januar februar marz maerz mai juni juli oktober dezember
  janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre
  enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
  monday tuesday wednesday thursday friday saturday sunday
  montag dienstag mittwoch donnerstag freitag samstag sonntag
  lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo`.split(
    /\s+/,
  ),
)

/** Words that can be written in hexadecimal digits, and what is put beside them. */
export const HEX_WORDS: ReadonlySet<string> = new Set(
  `dead beef cafe babe face feed fade bead deaf deed dada baba abba bade added ceded faded decade facade deface defaced
  decaf bad code baad food dood coffee office seed leet boob boobs`.split(/\s+/),
)

/** Passphrases that everybody has read as an example of one. */
export const KNOWN_BY_HEART: ReadonlySet<string> = new Set([
  'correcthorse',
  'batterystaple',
  'tobeornottobe',
  'thatisthequestion',
  'thequickbrownfox',
  'overthelazydog',
  'loremipsum',
  'opensesame',
  'welcometothejungle',
  'maytheforce',
])
