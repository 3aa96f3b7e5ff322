import { askInventory } from '../inventory.ts'

const query = { search: 'example works', sort: 'createdAt', descending: true } as const
export default () => askInventory('inventory-search-all', { ...query, hits: (count) => count })
