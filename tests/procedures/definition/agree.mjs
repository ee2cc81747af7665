// Reads cases from standard input, answers each as the browser would: see test_agreement.py.

import { readFileSync } from "node:fs";
import { operators, shown } from "../../../static/js/conditions.js";

const { rules, walks } = JSON.parse(readFileSync(0, "utf8"));
const answers = {
  operators: Object.keys(operators).sort(),
  rules: rules.map(({ operator, kept, value }) => operators[operator](kept, value)),
  walks: walks.map(({ sections, given }) => [...shown(sections, given)].sort()),
};
process.stdout.write(JSON.stringify(answers));
