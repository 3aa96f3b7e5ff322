import { validateChain } from '../validate-chain.ts'

export default () => validateChain('validate-rsa2048', 'rsa-2048')
