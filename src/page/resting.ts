// Sections out of sight rest: the browser neither lays them out nor paints them until they are scrolled to or searched.

/** Lets sections rest, each with the room that it takes now, so that the page stays as long as it is. */
export function restOutOfSight(): void {
  const sections = Array.from(document.querySelectorAll<HTMLElement>(".parts > section"));
  const heights = sections.map((section) => section.offsetHeight);
  sections.forEach((section, at) => {
    section.style.setProperty("contain-intrinsic-block-size", `auto ${heights[at]}px`);
    section.classList.add("resting");
  });
}
