import { validatePile } from '../validate-pile.ts'

export default () => validatePile('validate-pile-1000', 1000)
