import * as z from 'zod/mini';

/** A JSON schema (2020-12), or a part of one. */
export type JsonSchema = Record<string, unknown>;

/** What is said of a member: in words, or with keywords that a check of ours cannot show. */
export type MemberText = string | (JsonSchema & { description: string });

/** A schema of the contract under the name that clients know it by. */
export interface Component {
  id: string;
  schema: z.core.$ZodType;
  /** A request is described as it comes in, an answer as it goes out. */
  io: 'input' | 'output';
  description: string;
  members: Readonly<Record<string, MemberText>>;
  examples: readonly unknown[];
}

/** Says of each member of an object what it is: one that is forgotten is a type error. */
type TextOf<T> = { readonly [Name in keyof T]-?: MemberText };

/** Names what the API answers. */
export function answer<S extends z.core.$ZodType>(
  id: string,
  schema: S,
  description: string,
  members: TextOf<z.output<S>>,
): Component {
  return { id, schema, io: 'output', description, members, examples: [] };
}

/** Names a list that is answered as `{results: […]}`. */
export function list(id: string, schema: z.core.$ZodType, description: string): Component {
  const members = { results: 'Its rows, in their order.' };
  return { id, schema, io: 'output', description, members, examples: [] };
}

/** Names what has no members to be told of: one word of several, one body of several. */
export function whole(
  id: string,
  schema: z.core.$ZodType,
  description: string,
  io: Component['io'] = 'output',
): Component {
  return { id, schema, io, description, members: {}, examples: [] };
}

/** Names the body of a request. */
export function request<S extends z.core.$ZodType>(
  id: string,
  schema: S,
  description: string,
  members: TextOf<z.input<S>>,
  examples: readonly z.input<S>[] = [],
): Component {
  return { id, schema, io: 'input', description, members, examples };
}

const place = (id: string) => `#/components/schemas/${id}`;

/** Names another part of the document. */
export type Reference = { $ref: string };

/** Gives a reference to a named schema. */
export type ReferTo = (schema: z.core.$ZodType) => Reference;

/** @throws {Error} for a schema that is not among the components. */
export function referrer(components: readonly Component[]): ReferTo {
  const ids = new Map(components.map(({ schema, id }) => [schema, id]));
  return (schema) => {
    const id = ids.get(schema);
    if (id === undefined) throw new Error('A schema of the API has no name.');
    return { $ref: place(id) };
  };
}

/** The components as `components.schemas` of an OpenAPI document, in their order. */
export function describeComponents(components: readonly Component[]): Record<string, JsonSchema> {
  const schemas = { input: convert(components, 'input'), output: convert(components, 'output') };
  return Object.fromEntries(
    components.map((component) => [
      component.id,
      withTexts(schemas[component.io][component.id] ?? {}, component),
    ]),
  );
}

function convert(components: readonly Component[], io: 'input' | 'output') {
  const names = z.registry<{ id: string }>();
  for (const { schema, id } of components) names.add(schema, { id });
  // What a request must hold beyond this is checked by functions: the texts say it.
  const { schemas } = z.toJSONSchema(names, { io, uri: place, unrepresentable: 'any' });
  return Object.fromEntries(
    Object.entries(schemas as object).map(([id, schema]) => [id, tidy(schema as JsonSchema)]),
  );
}

/**
 * The same without what only repeats the rest. An answer may have more members in a later version:
 * clients must not be told that there are no others.
 */
function tidy(schema: JsonSchema): JsonSchema {
  const { items, properties, additionalProperties, anyOf, ...rest } = schema;
  delete rest['$schema'];
  delete rest['$id'];
  delete rest['propertyNames'];
  if (rest['format'] !== undefined) delete rest['pattern'];
  if (rest['maximum'] === Number.MAX_SAFE_INTEGER) delete rest['maximum'];
  if (rest['minimum'] === Number.MIN_SAFE_INTEGER) delete rest['minimum'];
  if (items) rest['items'] = tidy(items as JsonSchema);
  if (properties) {
    const members = Object.entries(properties).map(([name, one]) => [name, tidy(one)]);
    rest['properties'] = Object.fromEntries(members);
  }
  if (additionalProperties) rest['additionalProperties'] = tidy(additionalProperties as JsonSchema);
  return { ...rest, ...(Array.isArray(anyOf) && eitherOf(anyOf.map(tidy))) };
}

/** A type or null is one schema with both types, which more tools understand. */
function eitherOf(schemas: JsonSchema[]): JsonSchema {
  const [one = {}, other = {}, ...more] = schemas;
  const isNullable = more.length === 0 && other['type'] === 'null';
  if (!isNullable || typeof one['type'] !== 'string' || 'enum' in one) return { anyOf: schemas };
  return { ...one, type: [one['type'], 'null'] };
}

function withTexts(schema: JsonSchema, { description, members, examples }: Component): JsonSchema {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
  const described = Object.entries(properties).map(([name, property]) => {
    const text = members[name];
    return [name, { ...property, ...(typeof text === 'string' ? { description: text } : text) }];
  });
  return {
    ...schema,
    description,
    ...('properties' in schema && { properties: Object.fromEntries(described) }),
    ...(examples.length > 0 && { examples }),
  };
}
