import type { PlanForm } from '../../../state/ceremony/plan-form.svelte.ts'
import { ceremonyWords } from '../../../messages/pack-words.ts'
import { useCeremony } from '../use-ceremony.ts'

/** The form of a plan, its words, and what is wrong with an answer as a sentence. */
export function useForm(): {
  form: PlanForm
  words: ReturnType<typeof ceremonyWords>['form']
  fault: (field: string) => string | null
} {
  const { form } = useCeremony()
  const words = ceremonyWords().form
  return {
    form,
    words,
    fault: (field) => {
      const fault = form.faultAt(field)
      return fault && words.fault(fault)
    },
  }
}
