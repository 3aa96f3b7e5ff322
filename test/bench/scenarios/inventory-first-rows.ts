import { askInventory } from '../inventory.ts'

const asking = { sort: 'createdAt', descending: true, hits: (count: number) => count, fresh: true } as const
export default () => askInventory('inventory-first-rows', asking)
