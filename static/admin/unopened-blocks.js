// Blocks of Wagtail's editor that are built when they are opened: until then, hidden inputs say what they hold,
// under the names that Wagtail gives them. A classic script: it must be there before the editor's blocks are made.

{
  const { StructBlockDefinition, StreamBlockDefinition } = window.wagtailStreamField.blocks;
  const OPEN_UP_TO = 30; // questions; more of them are shown by their words alone
  let isLarge = false;

  const hidden = (name, value) => {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value: String(value ?? "") });
    return input;
  };

  // What the browser would post of a block, had it been built.
  function inputs(def, name, state) {
    if (def.childBlockDefs) {
      return def.childBlockDefs.flatMap((child) => inputs(child, `${name}-${child.name}`, state?.[child.name]));
    }
    if (def.childBlockDef || def.childBlockDefsByName) {
      const children = (state ?? []).flatMap((child, place) => {
        const kind = def.childBlockDef ?? def.childBlockDefsByName[child.type];
        const own = { deleted: "", order: place, type: kind.name, id: child.id };
        const told = Object.entries(own).map(([key, value]) => hidden(`${name}-${place}-${key}`, value));
        return [...told, ...inputs(kind, `${name}-${place}-value`, child.value)];
      });
      return [hidden(`${name}-count`, (state ?? []).length), ...children];
    }
    if (typeof state === "boolean") return state ? [hidden(name, "on")] : [];
    return (Array.isArray(state) ? state : [state]).map((value) => hidden(name, value));
  }

  // The heading of a block inside another, closed, as Wagtail draws it.
  function panel(name, { icon, label, labelFormat, filledLabel }, isFilled) {
    const made = document.createElement("section");
    const own = `block_group-${name}`;
    made.id = `${own}-section`;
    made.className = "w-panel w-panel--nested collapsed";
    made.setAttribute("aria-labelledby", `${own}-heading`);
    made.dataset.panel = "";
    made.innerHTML = `
      <div class="w-panel__header">
        <button class="w-panel__toggle" type="button" aria-describedby="${own}-heading" data-panel-toggle aria-expanded="false">
          <svg class="icon icon-${icon} w-panel__icon" aria-hidden="true"><use href="#icon-${icon}"></use></svg>
        </button>
        <h2 class="w-panel__heading w-panel__heading--label" aria-level="3" id="${own}-heading" data-panel-heading>
          <span class="c-sf-block__type"></span> <span class="c-sf-block__title"></span>
        </h2>
        <div class="w-panel__divider"></div>
      </div>
      <div id="${own}-content" class="w-panel__content" hidden></div>`;
    made.querySelector(".c-sf-block__type").textContent = label;
    made.querySelector(".c-sf-block__title").textContent = (isFilled && filledLabel) || labelFormat || "";
    made.querySelector("[data-panel-toggle]").setAttribute("aria-label", window.gettext?.("Toggle section") ?? label);
    return made;
  }

  class Unopened {
    constructor(def, placeholder, prefix, state) {
      Object.assign(this, { blockDef: def, type: def.name, prefix, state: state ?? {}, isAlone: def.collapsible });
      const told = inputs(def, prefix, this.state);
      this.element = this.isAlone ? panel(prefix, def.meta, isFilled(this.state)) : document.createElement("div");
      const content = this.isAlone ? this.element.lastElementChild : this.element;
      content.append(...told);
      placeholder.replaceWith(this.element);
      if (this.isAlone) {
        for (const part of ["toggle", "heading"]) {
          this.element.querySelector(`[data-panel-${part}]`).addEventListener("click", () => this.open());
        }
        content.addEventListener("beforematch", () => this.open());
      } else {
        const around = this.element.closest("[data-panel]");
        around.classList.add("collapsed");
        around.querySelector("[data-panel-toggle]").addEventListener("wagtail:panel-toggle", ({ detail }) => {
          if (detail.expanded) this.build();
        });
      }
    }

    build() {
      if (!this.built) {
        const whole = new StructBlockDefinition(this.blockDef.name, this.blockDef.childBlockDefs, this.blockDef.meta);
        whole.collapsible = this.isAlone;
        const place = document.createElement("div");
        this.element.replaceChildren(place); // no name may be there twice, not even for a moment
        this.element.replaceWith(place);
        this.built = whole.render(place, this.prefix, this.state);
      }
      return this.built;
    }

    // Build it, unfold it; whoever opened it goes on from its heading.
    open() {
      const toggle = this.build().container[0].closest("[data-panel]").querySelector("[data-panel-toggle]");
      if (toggle.getAttribute("aria-expanded") === "false") toggle.click();
      toggle.focus();
    }

    get container() {
      return this.built ? this.built.container : [this.element];
    }

    get childBlocks() {
      return this.build().childBlocks;
    }

    getTextLabel(options) {
      if (this.built) return this.built.getTextLabel(options);
      return (this.blockDef.meta.labelFormat ?? "").replace(/\{(\w+)\}/g, (_all, name) => {
        const text = String(this.state[name] ?? "");
        return options?.maxLength && text.length > options.maxLength ? `${text.slice(0, options.maxLength)}…` : text;
      });
    }

    setError(error) {
      if (error && (error.messages || error.blockErrors)) this.build().setError(error);
      else this.built?.setError(error);
    }

    focus(options) {
      this.open();
      this.built.focus(options);
    }
  }
  for (const name of ["setState", "getState", "getDuplicatedState", "getValue"]) {
    Unopened.prototype[name] = function (...args) {
      return this.build()[name](...args);
    };
  }

  // Something chosen, typed or added; the way comparisons are taken together is no content by itself.
  function isFilled(state) {
    return Object.entries(state).some(([name, value]) =>
      name === "match" ? value?.[0] === "never" : Array.isArray(value) ? value.some(Boolean) : Boolean(value),
    );
  }

  class OpenedLater extends StructBlockDefinition {
    render(placeholder, prefix, state, error) {
      const isClosed = this.collapsible ? this.meta.collapsed : isLarge && Boolean(state?.label);
      if (isClosed && this.meta.plain && !error) return new Unopened(this, placeholder, prefix, state);
      const whole = new StructBlockDefinition(this.name, this.childBlockDefs, this.meta);
      whole.collapsible = this.collapsible;
      return whole.render(placeholder, prefix, state, error);
    }
  }

  const count = (blocks) => blocks.reduce((sum, { value }) => sum + (value?.questions ? count(value.questions) : 1), 0);

  class Steps extends StreamBlockDefinition {
    render(placeholder, prefix, state, error) {
      isLarge = count(state ?? []) > OPEN_UP_TO;
      return super.render(placeholder, prefix, state, error);
    }
  }

  window.telepath.register("parvis.OpenedLater", OpenedLater);
  window.telepath.register("parvis.Steps", Steps);
}
