import type { MakeScenario } from './scenario.ts'

const modules = import.meta.glob<{ default: MakeScenario }>('./scenarios/*.ts', { eager: true })

/** Every file in scenarios/, by its name. */
export const SCENARIOS: Readonly<Record<string, MakeScenario>> = Object.fromEntries(
  Object.entries(modules).map(([path, { default: make }]) => [path.replace(/^.*\/(.*)\.ts$/, '$1'), make]),
)
