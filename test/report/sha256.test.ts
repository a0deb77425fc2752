import { expect, test } from "vitest";
import { sha256 } from "../../src/report/sha256.ts";

test("published vector of FIPS 180-4, and a text beyond ASCII as UTF-8", () => {
  expect(sha256("abc", "hex")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  // printf '€' | openssl dgst -sha256 -binary | base64
  expect(sha256("€", "base64")).toBe("xMyQ7T0m8S1LCKdRQJcKeQQDXDHLtFFag/GbkAPADR0=");
});
