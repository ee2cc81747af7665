// The questions of a procedure, read from the fields of Wagtail's editor: names such as
// steps-0-value-questions-2-value-label, one more « -value-questions-N » per section or group around.

const ID = /^(steps-\d+)((?:-value-questions-\d+)+)-id$/;
const BLOCK = /^(steps-\d+(?:-value-questions-\d+)*|(?:routes|fees)-\d+)-value-/;

export class Outline {
  // `form.elements` is read once: looking names up one by one would cost more than all the rest.
  constructor(form, config) {
    this.config = config;
    this.fields = new Map([...form.elements].filter(({ name }) => name).map((field) => [field.name, field]));
    this.questions = [];
    for (const [name, input] of this.fields) if (ID.test(name)) this.add(name.slice(0, -3), input);
    this.questions.sort((a, b) => compare(a.place, b.place));
    this.byId = new Map(this.questions.map((question) => [question.id, question]));
  }

  valueOf(name) {
    return this.fields.get(name)?.value ?? "";
  }

  add(prefix, input) {
    const around = blocksAround(prefix);
    const type = this.valueOf(`${prefix}-type`);
    if (type === "section" || around.some((block) => this.valueOf(`${block}-deleted`))) return;
    const label = this.valueOf(`${prefix}-value-label`).trim() || this.config.words.unnamed;
    const group = this.groupAround(prefix);
    this.questions.push({ id: identify(input), prefix, type, label, group, place: this.placeOf(prefix) });
  }

  // The repeated group around a block, "" for none.
  groupAround(prefix) {
    const isGroup = (block) => this.config.nests.includes(this.valueOf(`${block}-type`));
    return blocksAround(prefix).slice(0, -1).find(isGroup) ?? "";
  }

  // Orders from the step down: blocks that were moved keep their names.
  placeOf(prefix) {
    return blocksAround(prefix).map((block) => Number(this.valueOf(`${block}-order`)));
  }

  // What a field of a block may name: questions asked before it, and those of its own row; routes and fees see all.
  seenFrom(fieldName, withRows = false) {
    const prefix = BLOCK.exec(fieldName)?.[1] ?? "";
    if (!prefix.startsWith("steps")) return this.questions.filter(({ group }) => !group);
    const place = this.placeOf(prefix);
    const own = this.groupAround(prefix);
    return this.questions.filter(
      ({ place: asked, group }) => compare(asked, place) < 0 && (withRows || !group || group === own),
    );
  }

  // The choices written under a question, those of a linked list under their parent; null for other types.
  choicesOf(prefix) {
    if (!this.fields.has(`${prefix}-value-choices-count`)) return null;
    return this.items(`${prefix}-value-choices`);
  }

  items(list) {
    const found = [];
    for (let number = 0; number < Number(this.valueOf(`${list}-count`)); number++) {
      const item = `${list}-${number}`;
      const id = this.fields.get(`${item}-id`);
      if (!id || this.valueOf(`${item}-deleted`)) continue;
      const label = this.valueOf(`${item}-value`) || this.valueOf(`${item}-value-label`);
      const inside = this.items(`${item}-value-choices`).map((child) => ({ ...child, label: `${label} › ${child.label}` }));
      found.push({ order: Number(this.valueOf(`${item}-order`)), all: [{ id: identify(id), label }, ...inside] });
    }
    const inOrder = found.sort((a, b) => a.order - b.order).flatMap(({ all }) => all);
    return inOrder.filter(({ label }) => label.trim());
  }
}

// A block that was just added may have no id yet: conditions need one before the page is saved.
function identify(input) {
  if (!input.value) input.value = crypto.randomUUID();
  return input.value;
}

// steps-0-value-questions-1 → [steps-0, steps-0-value-questions-1]
function blocksAround(prefix) {
  const parts = prefix.split("-value-questions-");
  return parts.map((_part, position) => parts.slice(0, position + 1).join("-value-questions-"));
}

// Places compare like words in a dictionary: what is around comes before what is inside.
function compare(a, b) {
  const differs = a.findIndex((order, depth) => order !== b[depth]);
  if (differs === -1) return a.length - b.length;
  return differs < b.length ? a[differs] - b[differs] : 1;
}
