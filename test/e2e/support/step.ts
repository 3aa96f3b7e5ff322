/**
 * One step of a test whose steps begin where the one before ended: tests of a file do not. What fails is called by its step.
 */
export async function step(name: string, act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (error instanceof Error) error.message = `${name}: ${error.message}`
    throw error
  }
}
