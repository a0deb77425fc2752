/** The text of an element that holds it deflated, in base64. */
export async function unpacked(host: HTMLElement): Promise<string> {
  const bytes = Uint8Array.from(atob(host.textContent?.trim() ?? ""), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
}
