/** Registers the elements that stand around the elements. Called, not only imported: bundlers drop what has no effect. */
import { StoryFacts } from './facts.js';
import { StoryStage } from './stage.js';
import { StoryTicker } from './ticker.js';

const furniture = { 'story-stage': StoryStage, 'story-facts': StoryFacts, 'story-ticker': StoryTicker };

export function furnish(): void {
  for (const [tag, element] of Object.entries(furniture))
    if (!customElements.get(tag)) customElements.define(tag, element);
}
