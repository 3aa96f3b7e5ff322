import { askInventory } from '../inventory.ts'

const query = { sort: 'serialNumber', descending: false } as const
export default () => askInventory('inventory-sort', { ...query, hits: (count) => count })
