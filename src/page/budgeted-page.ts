// The program of a report whose scenario has budgets.
import { budgetsAt } from "./budgets.ts";
import { startPage } from "./main.ts";

void startPage({ judge: budgetsAt });
