const keys = [
  "service",
  "title",
  "count",
  "region",
  "account",
  "zones",
  "attempts",
  "called_by",
  "cpu_utilisation",
  "actual",
  "reason",
  "team",
  "scales_with",
  "security",
  "calls_to",
  "reads_from",
  "writes_to",
] as const;
export type ComponentKey = (typeof keys)[number];

/** The keys that every component may have, whatever its service. Apart from the schemas, which few runs load. */
export const COMPONENT_KEYS: readonly string[] = keys;
