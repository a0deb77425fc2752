import { scenarioSchema } from "./schema.ts";
import type { Shape } from "./shape.ts";
import { shapeOf } from "./shape-of.ts";

/** The format of a scenario as plain data; in the bundled command the build has put the data itself here. */
export const scenarioShape: Shape = shapeOf(scenarioSchema);
