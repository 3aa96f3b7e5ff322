import { unlockInventory } from '../inventory.ts'

export default () => unlockInventory('unlock-checked', 'checked')
