// Blocks of retired plugins stay where they are and can be edited; the menu does not offer them.
// See OffersAdapter in procedures/definition/blocks/questions.py.

const { StreamBlockDefinition } = window.wagtailStreamField.blocks;

class OffersBlockDefinition extends StreamBlockDefinition {
  constructor(name, groupedChildBlockDefs, initialChildStates, meta) {
    super(name, groupedChildBlockDefs, initialChildStates, meta);
    // Read by the menu alone: super() has every block under its name by now.
    this.groupedChildBlockDefs = groupedChildBlockDefs
      .map(([group, blocks]) => [group, blocks.filter((block) => !meta.retired.includes(block.name))])
      .filter(([, blocks]) => blocks.length);
  }
}

window.telepath.register("parvis.Offers", OffersBlockDefinition);
