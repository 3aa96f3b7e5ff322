import { askInventory } from '../inventory.ts'

/** Ten consecutive numbers. */
const asking = { search: 'host-000055', sort: 'createdAt', descending: true, hits: () => 10 } as const
export default () => askInventory('inventory-search-ten', asking)
