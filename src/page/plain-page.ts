// The program of a report whose scenario has neither budgets nor an evolution.
import { startPage } from "./main.ts";

void startPage({});
