// Texts that are nearly right: what was read correctly once with a few things wrong, in its bytes or in its structure.
import { parse, stringify } from "yaml";

/** What has broken readers of YAML, formulas and reports. */
const TOKENS = [
  ...[
    "&a ",
    "*a",
    "<<: *a",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "!!js/function 'x'",
    "!!binary aGk=",
    "? ",
    "- ",
    ": ",
    "{",
    "}",
    "[",
    "]",
  ],
  ...[
    "__proto__: { a: 1 }\n",
    "constructor: 1\n",
    "toString: 2\n",
    "\u0000",
    "\ufeff",
    "\u202e",
    "\ud800",
    "\u2028",
    "\t",
    "\r",
    "\\",
    "'",
    '"',
  ],
  ...[
    "1e308",
    "-1e308",
    "1e-320",
    ".nan",
    ".inf",
    "-0",
    "0",
    "99999999999999999999",
    "1_000",
    "0x10",
    "010",
    "true",
    "null",
    "~",
  ],
  ...[
    "70%",
    "1 ms",
    "2 TB",
    "5 USD",
    "(",
    ")",
    "* * ",
    "/ 0",
    "ceil(",
    "if(a, b, c)",
    "max(",
    "total(",
    "peak(",
    "not not not ",
    "and or",
  ],
  ...[
    "a.b.c",
    "x[y].z",
    "baseline(",
    "share(",
    "crosses(",
    "cheapest == ",
    "monolith.cost.month",
    "::error::x",
    "<script>",
    "`",
    "@me",
    "../../etc",
  ],
  "((((((((((((((((((((".repeat(20),
  "[".repeat(200),
  "a: ".repeat(80),
  "-".repeat(300),
  "9".repeat(400),
  "é".repeat(100),
];

const VALUES = [
  ...[
    0,
    -1,
    1,
    1e308,
    -1e308,
    1e-308,
    0.1,
    2 ** 53,
    true,
    false,
    null,
    "",
    " ",
    [],
    {},
    [[]],
    [null],
    { a: { b: {} } },
  ],
  ...[
    "streams",
    "streams / 0",
    "1 / (streams - streams)",
    "5 ms + 3 GB",
    "pow(10, 400)",
    "exp(1e6)",
    "log(0)",
    "sqrt(-1)",
    "1e9 h",
    "-5 GB",
  ],
  ...[
    "us-east-1",
    "eu-nowhere-1",
    "2026-11-23",
    "1900-01-01",
    "9999-12-31",
    "aws/lambda",
    "aws/s3",
    "custom/line",
    "aws/none",
    "nobody",
  ],
  ...["x".repeat(3000), "a".repeat(70), "(".repeat(300), "1 + ".repeat(3000)],
];

const ASSERTIONS = [
  ...[
    "A.cost.month",
    "A.cost.per_unit",
    "B.cost.year",
    "cheapest",
    "A.limits.headroom",
    "A.limits.first_hit",
    "A.carbon.month",
    "A.carbon.month.high",
  ],
  ...[
    "A.roles.work.share",
    "A.saving_share",
    "break_even.distance",
    "baseline(A.cost.month)",
    "crosses(A.cost.month, 5 USD)",
    "share(A.cost.month <= 5 USD)",
  ],
  ...[
    "<=",
    ">=",
    "<",
    ">",
    "==",
    "!=",
    "+",
    "-",
    "*",
    "/",
    "and",
    "or",
    "not",
    "(",
    ")",
    ",",
    "5 USD",
    "160 kUSD",
    "70%",
    "12 months",
    "2",
    "A",
    "B",
    "in [",
    "]",
    "if(",
  ],
];

/** A few random edits of the characters. */
export function mutateBytes(text, random, other) {
  let now = text;
  const times = 1 + random.below(random.pick([1, 1, 3, 12]));
  for (let i = 0; i < times; i += 1) {
    const at = random.below(now.length + 1);
    const length = random.below(random.pick([2, 10, 80]));
    const cut = () => now.slice(0, at) + now.slice(at + length);
    const insert = (piece) => now.slice(0, at) + piece + now.slice(at);
    now = random.pick([
      cut,
      () => insert(random.pick(TOKENS)),
      () => insert(now.slice(at, at + length)),
      () => insert(String.fromCharCode(random.below(random.pick([128, 0x10000])))),
      () => insert(other.slice(random.below(other.length)).slice(0, length * 4)),
      () => (random.below(20) === 0 ? now.slice(0, at) : cut()),
    ])();
  }
  return now;
}

/** A few random edits of the tree: half of the time only such as leave it well formed, so that the computation is met too. */
export function mutateTree(text, random, other) {
  const data = parse(text);
  const donors = donorsOf(other);
  const edit = random.below(2) === 0 ? gentleEdit : roughEdit;
  const times = 1 + random.below(3);
  for (let i = 0; i < times; i += 1) {
    const places = placesOf(data);
    if (places.length > 0) edit(places, donors, random, other);
  }
  return stringify(data, { aliasDuplicateObjects: random.below(2) === 0 });
}

const known = new Map();

/** Places of a text that is not changed: what is taken from it is copied. */
function donorsOf(text) {
  if (!known.has(text)) known.set(text, placesOf(parse(text)));
  return known.get(text);
}

/** Another figure, or what stands under the same name elsewhere. */
function gentleEdit(places, donors, random) {
  const figures = places.filter(({ parent, key }) => hasFigure(parent[key]));
  const { parent, key } = random.pick(figures.length > 0 ? figures : places);
  const alike = donors.filter((donor) => donor.key === key);
  if (alike.length === 0 || random.below(4) > 0) return put(parent, key, scaled(parent[key], random));
  const from = random.pick(alike);
  return put(parent, key, structuredClone(from.parent[from.key]));
}

function roughEdit(places, donors, random, other) {
  const { parent, key } = random.pick(places);
  random.pick([
    () => put(parent, key, random.pick(VALUES)),
    () => put(parent, key, scaled(parent[key], random)),
    () => (Array.isArray(parent) ? parent.splice(key, 1) : delete parent[key]),
    () => put(parent, `${key}${random.pick(["x", "-x", "_", " ", ".", "é", "__proto__"])}`, parent[key]),
    () => {
      const from = random.pick(donors);
      put(parent, key, structuredClone(from.parent[from.key]));
    },
    () => put(parent, key, [parent[key], parent[key]]),
    () => put(parent, key, { [key]: parent[key] }),
    () => typeof parent[key] === "string" && put(parent, key, mutateBytes(parent[key], random, other)),
  ])();
}

function hasFigure(value) {
  return typeof value === "number" || (typeof value === "string" && /\d/.test(value) && !/^\d{4}-\d\d/.test(value));
}

function placesOf(data) {
  const places = [];
  collect(data, places);
  return places;
}

/** Another figure of the same form: `150 ms` becomes `1.5e5 ms`. */
function scaled(value, random) {
  const factor = random.pick([0, -1, 0.001, 0.5, 1.01, 3, 1e3, 1e6, 1e12, 1e30]);
  if (typeof value === "number") return value * factor;
  return typeof value === "string" ? value.replace(/\d+(\.\d+)?/, (number) => String(Number(number) * factor)) : value;
}

function put(parent, key, value) {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

function collect(value, places, depth = 0) {
  if (typeof value !== "object" || value === null || depth > 30) return;
  for (const key of Object.keys(value)) {
    places.push({ parent: value, key: Array.isArray(value) ? Number(key) : key });
    collect(value[key], places, depth + 1);
  }
}

/** Budgets whose assertions are nearly right, of two architectures. */
export function randomBudgets([a, b = a], random) {
  const word = (name) => name.replaceAll("-", random.below(8) === 0 ? "-" : "_");
  const assertion = () =>
    Array.from({ length: 1 + random.below(random.pick([3, 5, 9, 40])) }, () => random.pick(ASSERTIONS))
      .join(" ")
      .replaceAll(/\bA\b/g, word(a))
      .replaceAll(/\bB\b/g, word(b));
  const sound = () =>
    `${word(a)}.cost.month ${random.pick(["<=", "<", ">=", ">"])} ${random.next() * 10 ** random.below(8)} ${random.pick(["USD", "kUSD", "kg", ""])}`;
  const budgets = Array.from({ length: 1 + random.below(4) }, (_, i) => ({
    id: random.below(20) === 0 ? "b0" : `b${i}`,
    assert: random.below(3) === 0 ? sound() : assertion(),
    level: random.pick(["none", "warn", "error", "error"]),
    ...(random.below(4) === 0
      ? { owner: random.pick(TOKENS).slice(0, 1900), message: random.pick(TOKENS).slice(0, 1900) }
      : {}),
    ...(random.below(5) === 0 ? { waiver: { until: random.pick(["2020-01-01", "2030-01-01"]), reason: "x" } } : {}),
  }));
  return stringify({ budgets });
}
