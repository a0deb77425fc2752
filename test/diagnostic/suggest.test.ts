import fc from "fast-check";
import { expect, test } from "vitest";
import { suggest } from "../../src/diagnostic/suggest.ts";

const services = ["aws/lambda", "aws/step-functions-standard", "aws/s3", "aws/sqs", "aws/sns"];

test.each([
  { word: "aws/lamda", among: services, finds: "aws/lambda", why: "one letter missing" },
  { word: "aws/lmabda", among: services, finds: "aws/lambda", why: "a swap of neighbours is one step" },
  { word: "AWS/Lambda", among: services, finds: "aws/lambda", why: "case does not count" },
  { word: "aws/step-function", among: services, finds: "aws/step-functions-standard", why: "part of a long name" },
  { word: "aws/sxs", among: services, finds: "aws/sns", why: "a tie goes to the name that sorts first" },
  { word: "ab", among: ["abc"], finds: undefined, why: "under three letters" },
  { word: "abc", among: ["ab"], finds: undefined, why: "candidate under three letters" },
  { word: "abcd", among: ["abxyz"], finds: undefined, why: "more than half of the word is wrong" },
  { word: "abcdefghij", among: ["abcdefwxyz"], finds: undefined, why: "four steps away" },
  { word: "abcdefghij", among: ["abcdefgxyz"], finds: "abcdefgxyz", why: "three steps away" },
  { word: "memory", among: ["memory"], finds: undefined, why: "the word itself is no suggestion" },
  {
    word: "month",
    among: ["monolith.cost.month"],
    finds: undefined,
    why: "contained, but most of the name is missing",
  },
])("$word finds $finds: $why", ({ word, among, finds }) => expect(suggest(word, among)).toBe(finds));

const word = fc.stringMatching(/^[abc]{0,6}$/);
test("the order of the candidates does not matter", () =>
  fc.assert(
    fc.property(word, fc.uniqueArray(word, { maxLength: 6 }), (wanted, candidates) => {
      expect(suggest(wanted, [...candidates].reverse())).toBe(suggest(wanted, candidates));
    }),
  ));
