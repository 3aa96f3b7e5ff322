import { unlockInventory } from '../inventory.ts'

export default () => unlockInventory('unlock-first-rows', 'first-rows')
