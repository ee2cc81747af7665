// Reads typed texts from standard input, answers what the browser makes of each: see test_browser_reading.py.

import { readFileSync } from "node:fs";
import { centsOf, dateOf, numberOf } from "../../../static/js/typed-values.js";

const readings = { number: numberOf, cents: centsOf, date: dateOf };
const asked = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(asked.map(([reading, typed]) => readings[reading](typed))));
