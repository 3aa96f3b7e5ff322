import { validatePile } from '../validate-pile.ts'

export default () => validatePile('validate-pile-10000', 10000)
