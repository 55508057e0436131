/** Registers the elements that stand around the elements. Called, not only imported: bundlers drop what has no effect. */
import { StoryContrast } from './contrast.js';
import { StoryExample } from './example.js';
import { StoryFacts } from './facts.js';
import { StoryHearing } from './hearing.js';
import { StoryStage } from './stage.js';
import { StoryTicker } from './ticker.js';

const furniture = {
  'story-stage': StoryStage,
  'story-facts': StoryFacts,
  'story-ticker': StoryTicker,
  'story-example': StoryExample,
  'story-hearing': StoryHearing,
  'story-contrast': StoryContrast,
};

export function furnish(): void {
  for (const [tag, element] of Object.entries(furniture))
    if (!customElements.get(tag)) customElements.define(tag, element);
}
