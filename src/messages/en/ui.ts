/** The words of the page that are no error and no finding. Grouped by page or part. */
export const ui = {
  app: {
    name: 'Rootcellar',
  },
} as const
