/** An OpenAPI document whose parameters and bodies name rows that exist. */

/** By operation id (`*`: every operation), then by parameter or body member; `body`: the whole. */
export type Values = Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>;

type OperationValues = Values[string];

interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly [keyword: string]: unknown;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: Schema;
  readonly [field: string]: unknown;
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly [field: string]: unknown;
}

export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
  readonly [field: string]: unknown;
}

/** What the fuzzer can write; an operation that takes other types takes one of these too. */
const WRITABLE = new Set(["application/json", "text/csv", "application/octet-stream"]);

/** Without it a stream does not end, and one's own markets hide the shared ones of the exchange. */
const NEEDED: Readonly<Record<string, string>> = { streamEvents: "job_id", putMarkets: "exchange" };

/** Allows of each named parameter and body member these values alone. */
export function narrowDocument(document: OpenApiDocument, values: Values): OpenApiDocument {
  const paths = Object.entries(document.paths).map(([path, methods]) => {
    const narrowed = Object.entries(methods).map(([method, operation]) => {
      const own = values[operation.operationId] ?? {};
      return [method, narrowOperation(document, operation, { ...values["*"], ...own })];
    });
    return [path, Object.fromEntries(narrowed)];
  });
  return { ...document, paths: Object.fromEntries(paths) };
}

function narrowOperation(
  document: OpenApiDocument,
  operation: Operation,
  values: OperationValues,
): Operation {
  const { operationId, parameters, requestBody } = operation;
  return {
    ...operation,
    ...(parameters === undefined ? {} : {
      parameters: parameters.map((each) => ({
        ...each,
        ...(NEEDED[operationId] === each.name ? { required: true } : {}),
        schema: narrowTo(each.schema, values[each.name]),
      })),
    }),
    ...(requestBody === undefined ? {} : {
      requestBody: {
        ...requestBody,
        content: narrowContent(document, requestBody.content, values),
      },
    }),
  };
}

function narrowContent(document: OpenApiDocument, content: Content, values: OperationValues) {
  const bodies = Object.entries(content).filter(([type]) => WRITABLE.has(type));
  return Object.fromEntries(
    bodies.map((
      [type, body],
    ) => [type, { ...body, schema: narrowBody(document, body.schema, values) }]),
  );
}

function narrowBody(document: OpenApiDocument, schema: Schema, values: OperationValues): Schema {
  if (values.body !== undefined) return narrowTo(schema, values.body);
  const whole = resolve(document, schema);
  const { example, properties, anyOf } = whole;
  return {
    ...whole,
    ...(anyOf === undefined
      ? {}
      : { anyOf: anyOf.map((each) => narrowBody(document, each, values)) }),
    ...(properties === undefined ? {} : { properties: narrowAll(properties, values) }),
    ...(example === undefined ? {} : { example: withFirst(example, values) }),
  };
}

function resolve({ components }: OpenApiDocument, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  return components.schemas[schema.$ref.split("/").at(-1) ?? ""] ?? schema;
}

function narrowAll(properties: Readonly<Record<string, Schema>>, values: OperationValues) {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, narrowTo(schema, values[name])]),
  );
}

function narrowTo(schema: Schema, values: readonly unknown[] | undefined): Schema {
  if (values === undefined) return schema;
  const { type } = schema;
  return { ...(type === undefined ? {} : { type }), enum: values, example: values[0] };
}

function withFirst(example: unknown, values: OperationValues): unknown {
  if (typeof example !== "object" || example === null) return example;
  return Object.fromEntries(
    Object.entries(example).map(([name, value]) => [name, values[name]?.[0] ?? value]),
  );
}
