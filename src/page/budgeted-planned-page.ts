// The program of a report whose scenario has budgets and an evolution.
import { budgetsAt } from "./budgets.ts";
import { startPage } from "./main.ts";
import { planContent } from "./plan-content.ts";

void startPage({ judge: budgetsAt, plan: planContent });
