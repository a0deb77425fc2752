/** Version of the result's schema. Apart from the schema, which few runs load. */
export const SCHEMA_VERSION = "1.0";
