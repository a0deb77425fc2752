// SHA-256 without any platform API, so that the page is the same everywhere: its policy names its style by hash.

type State = readonly [number, number, number, number, number, number, number, number];

/** The first 32 bits of the fractional parts of a root of the first primes: how the standard derives its constants. */
function fractions(count: number, root: (x: number) => number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
    if (prime) found.push(Math.floor((root(n) % 1) * 2 ** 32) | 0);
  }
  return found;
}

const ROUNDS = fractions(64, Math.cbrt);
const START: State = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

const rotate = (x: number, by: number): number => (x >>> by) | (x << (32 - by));

function padded(bytes: Uint8Array): DataView {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const whole = new Uint8Array(length);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setBigUint64(length - 8, BigInt(bytes.length) * 8n);
  return view;
}

/** The 64 words of one block, as a view of 256 bytes. */
function schedule(message: DataView, offset: number): DataView {
  const words = new DataView(new ArrayBuffer(256));
  const word = (i: number): number => words.getInt32(i * 4);
  for (let i = 0; i < 16; i++) words.setInt32(i * 4, message.getInt32(offset + i * 4));
  for (let i = 16; i < 64; i++) {
    const early = word(i - 15);
    const late = word(i - 2);
    const s0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const s1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    words.setInt32(i * 4, word(i - 16) + s0 + word(i - 7) + s1);
  }
  return words;
}

function compress(state: State, words: DataView): State {
  let [a, b, c, d, e, f, g, h] = state;
  ROUNDS.forEach((constant, i) => {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + constant + words.getInt32(i * 4)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [a, b, c, d, e, f, g, h] = [(t1 + t2) | 0, a, b, c, (d + t1) | 0, e, f, g];
  });
  const [a0, b0, c0, d0, e0, f0, g0, h0] = state;
  return [
    (a0 + a) | 0,
    (b0 + b) | 0,
    (c0 + c) | 0,
    (d0 + d) | 0,
    (e0 + e) | 0,
    (f0 + f) | 0,
    (g0 + g) | 0,
    (h0 + h) | 0,
  ];
}

/**
 * SHA-256 of bytes.
 * @returns the 32 bytes of the digest
 * @see FIPS 180-4, sections 4.2.2, 5.1.1 and 6.2
 */
export function sha256(bytes: Uint8Array): Uint8Array {
  const message = padded(bytes);
  let state = START;
  for (let offset = 0; offset < message.byteLength; offset += 64) state = compress(state, schedule(message, offset));
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => {
    digest.setInt32(i * 4, word);
  });
  return new Uint8Array(digest.buffer);
}

/** Base64 of bytes (RFC 4648, section 4). */
export function base64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Base64 of the SHA-256 of a text in UTF-8, as a content security policy wants it. */
export function sha256Base64(text: string): string {
  return base64(sha256(new TextEncoder().encode(text)));
}
