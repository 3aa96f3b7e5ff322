import { fuzzStatus } from './run.ts'

// The slice `fuzz` of `npm run test:long`.

const [count = 100_000, seed = 1] = process.argv.slice(2).map(Number)
const { counts, wrong } = await fuzzStatus(count, seed)
console.log(`${String(count)} cases of seed ${String(seed)}: ${JSON.stringify(counts, null, 2)}`)
for (const each of wrong) console.log(each)
process.exitCode = wrong.length > 0 ? 1 : 0
