import { fountain } from '../fountain.ts'

export default fountain(50)
