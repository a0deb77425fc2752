// The program of a report whose scenario has no budgets.
import { startPage } from "./main.ts";

void startPage(() => []);
