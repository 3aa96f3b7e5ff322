import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RecipeProgram, RequestWish } from '../../src/paper/request-recipes.ts'
import { requestRecipes } from '../../src/paper/request-recipes.ts'
import type { InFile } from '../../src/border/words.ts'
import { succeed } from './run.ts'

/** The programs that can be run here. */
export const PROGRAMS = ['openssl', 'keytool', 'certtool'] as const satisfies readonly RecipeProgram[]

/** Runs our recipe for the program in `cwd` as if pasted, and returns the request it made. */
export async function madeByRecipe(program: RecipeProgram, wish: RequestWish, cwd: string): Promise<InFile> {
  const recipe = requestRecipes(wish).find((each) => each.program === program)
  if (!recipe) throw new Error(`no recipe for ${program}`)
  // keytool would prompt for its store's password.
  const input =
    program === 'keytool'
      ? recipe.commands.replaceAll(' -keystore', ' -storepass changeit -keystore')
      : recipe.commands
  await succeed('sh', ['-e'], { cwd, input, env: { LC_ALL: 'C.UTF-8' } })
  return { name: `${program}.csr`, bytes: readFileSync(join(cwd, recipe.requestFile)) }
}
