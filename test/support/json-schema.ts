/** JSON Schema (2020-12), by the words that the schemas in docs/ use; any other is an error. */
export interface Schema {
  readonly $ref?: string
  readonly anyOf?: readonly Schema[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly type?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly items?: Schema
  readonly additionalProperties?: false
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly description?: string
  readonly $defs?: Readonly<Record<string, Schema>>
}

const KNOWN = new Set<string>([
  ...['$ref', 'anyOf', 'const', 'enum', 'type', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum'],
  ...['minItems', 'maxItems', 'uniqueItems', 'items', 'additionalProperties', 'properties', 'required'],
  ...['description', 'default', '$defs', '$schema', 'title'],
])

/** Whether a value is of a schema of `whole`. */
export function fits(value: unknown, schema: Schema, whole: Schema): boolean {
  const unknown = Object.keys(schema).find((word) => !KNOWN.has(word))
  if (unknown !== undefined) throw new Error(`the schema has the word ${unknown}, which is not known here`)
  if (schema.$ref !== undefined) return fits(value, whole.$defs![schema.$ref.replace('#/$defs/', '')]!, whole)
  if (schema.anyOf) return schema.anyOf.some((each) => fits(value, each, whole))
  if ('const' in schema) return value === schema.const
  if (schema.enum) return schema.enum.includes(value)
  switch (schema.type) {
    case 'null':
      return value === null
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer':
      return Number.isInteger(value) && isWithin(Number(value), schema.minimum, schema.maximum)
    case 'string':
      return (
        typeof value === 'string' &&
        isWithin(value.length, schema.minLength, schema.maxLength) &&
        new RegExp(schema.pattern ?? '', 'u').test(value)
      )
    case 'array':
      return Array.isArray(value) && fitsList(value, schema, whole)
    default:
      return fitsRecord(value, schema, whole)
  }
}

const isWithin = (number: number, least = 0, most = Infinity): boolean => number >= least && number <= most

function fitsList(list: readonly unknown[], schema: Schema, whole: Schema): boolean {
  const isDistinct = new Set(list.map((each) => JSON.stringify(each))).size === list.length
  return (
    isWithin(list.length, schema.minItems, schema.maxItems) &&
    (!schema.uniqueItems || isDistinct) &&
    list.every((each) => fits(each, schema.items!, whole))
  )
}

function fitsRecord(value: unknown, { properties = {}, required = [] }: Schema, whole: Schema): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const isKnown = Object.entries(value).every(([key, each]) => {
    const schema = Object.hasOwn(properties, key) ? properties[key] : undefined
    return schema !== undefined && fits(each, schema, whole)
  })
  return isKnown && required.every((key) => Object.hasOwn(value, key))
}
