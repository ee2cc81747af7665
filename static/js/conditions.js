// The conditions of a procedure, as procedures/definition/conditions.py and its operators understand them:
// a test gives thousands of cases to both. The server decides; this only spares a round trip.

const isEmpty = (kept) =>
  kept === null || kept === undefined || kept === "" || (typeof kept === "object" && Object.keys(kept).length === 0);
const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{Mn}/gu, "");

function same(kept, value) {
  if (typeof kept === "string" && typeof value === "string") return fold(kept) === fold(value);
  if (Array.isArray(kept) && Array.isArray(value)) {
    return kept.length === value.length && kept.every((item, place) => same(item, value[place]));
  }
  return kept === value; // numbers, yes and no, nothing
}

function inOrder(lesser, greater) {
  if (typeof lesser === "number" && typeof greater === "number") return lesser < greater;
  if (typeof lesser !== "string" || typeof greater !== "string" || !lesser || !greater) return false;
  // Sign by sign, as Python does: JavaScript's own order is that of halves of signs.
  const [left, right] = [[...lesser], [...greater]].map((signs) => signs.map((sign) => sign.codePointAt(0)));
  const place = left.findIndex((point, index) => point !== right[index]);
  if (place === -1) return left.length < right.length;
  return place < right.length && left[place] < right[place];
}

function contains(kept, value) {
  if (Array.isArray(kept)) return kept.some((item) => same(item, value));
  if (typeof kept !== "string" || typeof value !== "string" || !fold(value)) return false;
  return fold(kept).includes(fold(value));
}

export const operators = {
  is: (kept, value) => !isEmpty(kept) && same(kept, value),
  is_not: (kept, value) => !isEmpty(kept) && !same(kept, value),
  contains,
  not_contains: (kept, value) => !isEmpty(kept) && !contains(kept, value),
  greater: (kept, value) => inOrder(value, kept),
  less: (kept, value) => inOrder(kept, value),
  in_district: (kept, value) => {
    const district = typeof kept === "object" && !Array.isArray(kept) ? kept?.district : null;
    return typeof district === "string" && district !== "" && district === value;
  },
  is_answered: (kept) => !isEmpty(kept),
  is_empty: (kept) => isEmpty(kept),
};

// answer: id → kept answer, null or undefined without one.
export function holds(condition, answer) {
  if (!condition) return true;
  const met = (rule) =>
    rule.rules
      ? holds(rule, answer) // an operator of a package is the server's alone: nothing moves by it here
      : (operators[rule.operator]?.(answer(rule.question_id) ?? null, rule.value ?? null) ?? false);
  return condition.match_all ? condition.rules.every(met) : condition.rules.some(met);
}

// What a step shows: ids of questions, those of rows as group.row.question.
// sections: [{condition, questions: [{id, condition, questions}]}] · given: answers by id · asks(question): may be answered here
export function shown(sections, given, counted = {}) {
  const visible = new Set();
  const show = (question, id, answer) => {
    if (!holds(question.condition, answer)) return false;
    visible.add(id);
    if (id in given) counted[id] = given[id];
    return true;
  };
  for (const section of sections) {
    if (!holds(section.condition, (id) => counted[id])) continue;
    for (const question of section.questions) {
      if (!show(question, question.id, (id) => counted[id]) || !question.questions?.length) continue;
      const own = new Set(question.questions.map(({ id }) => id));
      for (const row of given[question.id] ?? ["1"]) {
        const scope = (id) => counted[own.has(id) ? `${question.id}.${row}.${id}` : id];
        for (const child of question.questions) show(child, `${question.id}.${row}.${child.id}`, scope);
      }
    }
  }
  return visible;
}
