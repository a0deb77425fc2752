// The program of a report whose scenario has an evolution.
import { startPage } from "./main.ts";
import { planContent } from "./plan-content.ts";

void startPage({ plan: planContent });
