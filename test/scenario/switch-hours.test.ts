import { expect, test } from "vitest";
import { readSwitchHours } from "../../src/scenario/switch-hours.ts";

test.each([
  { text: "weekdays 8..18", days: [0, 1, 2, 3, 4], from: 8, to: 18, why: "Monday to Friday" },
  { text: "daily 0..24", days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 24, why: "always" },
  { text: " weekends 10..12 ", days: [5, 6], from: 10, to: 12, why: "blanks do not count" },
  { text: "mon..thu 7..19", days: [0, 1, 2, 3], from: 7, to: 19, why: "a span of days" },
  { text: "sat..mon 7..19", days: [0, 5, 6], from: 7, to: 19, why: "a span over the end of the week" },
  { text: "wed 9..10", days: [2], from: 9, to: 10, why: "a single day" },
])("$text: $why", ({ text, days, from, to }) => expect(readSwitchHours(text)).toEqual({ days, from, to }));

test.each([
  { text: "8..18", why: "no days" },
  { text: "weekdays", why: "no hours" },
  { text: "weekdays 18..8", why: "ends before it begins" },
  { text: "weekdays 8..25", why: "a day has 24 hours" },
  { text: "workdays 8..18", why: "no such days" },
])("$text is refused with an example: $why", ({ text }) => expect(readSwitchHours(text)).toContain("weekdays 8..18"));
