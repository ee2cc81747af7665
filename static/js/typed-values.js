// What residents type, read as the server reads it (procedures/fields/numbers.py, date.py): null where it refuses.

const FIRST_YEAR = 1875;
const LAST_YEAR = 2200;
const LARGEST = 1e12;
const MOST_DECIMALS = 6;
const MARKS = { "٫": ",", "٬": " ", "،": ",", "−": "-", "–": "-", "’": " ", "'": " " };
const DAY_FIRST = /^(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})$/;
const YEAR_FIRST = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const COMPACT = /^(\d{2})(\d{2})(\d{4})$/;

// Digits of any script as 0 to 9: Unicode keeps them in rows of ten.
const latin = (text) =>
  text.replace(/\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0);
    let zero = point;
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String((point - zero) % 10);
  });

function decimal(typed) {
  let text = latin(typed).replace(/[٫٬،−–’']/g, (mark) => MARKS[mark]).replace(/\s/g, "").replace(/€$/, "");
  if ((text.includes(".") || text.split(",").length > 2) && /^-?\d{1,3}(,\d{3})+(\.\d*)?$/.test(text)) text = text.replaceAll(",", "");
  if ((text.includes(",") || text.split(".").length > 2) && /^-?\d{1,3}(\.\d{3})+(,\d*)?$/.test(text)) text = text.replaceAll(".", "");
  text = text.replaceAll(",", ".");
  return /^-?\d+(\.\d+)?$/.test(text) ? text : null;
}

function bounded(typed, decimals) {
  const text = decimal(typed)?.replace(/(\.\d*?)0+$/, "$1") ?? null;
  if (text === null || (text.split(".")[1] ?? "").length > decimals) return null;
  const number = Number(text) + 0; // never -0
  return Math.abs(number) <= LARGEST ? number : null;
}

export const numberOf = (typed) => bounded(typed, MOST_DECIMALS);

export function centsOf(typed) {
  const euros = bounded(typed, 2);
  return euros === null || euros < 0 ? null : Math.round(euros * 100);
}

export function dateOf(typed) {
  const text = latin(typed);
  const found = DAY_FIRST.exec(text) ?? COMPACT.exec(text);
  const [year, month, day] = (found ? [found[3], found[2], found[1]] : (YEAR_FIRST.exec(text) ?? []).slice(1)).map(Number);
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) return null;
  const made = new Date(Date.UTC(year, month - 1, day));
  const isReal = made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
  return isReal ? made.toISOString().slice(0, 10) : null;
}
