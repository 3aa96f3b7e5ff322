import { validateChain } from '../validate-chain.ts'

export default () => validateChain('validate-p256', 'p256')
