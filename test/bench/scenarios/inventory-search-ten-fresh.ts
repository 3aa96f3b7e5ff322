import { askInventory } from '../inventory.ts'

const query = { search: 'host-000055', sort: 'createdAt', descending: true } as const
export default () => askInventory('inventory-search-ten-fresh', { ...query, hits: () => 10, fresh: true })
