// Writes the files of a new element, and adds it to the lists that name all of them.
//   npm run new:element -- gauge
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const name = process.argv[2] ?? '';
const stop = (message) => {
  console.error(message);
  process.exit(1);
};
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
  stop('Give the name without its prefix, such as "gauge" for <pusher-gauge>: npm run new:element -- gauge');
if (existsSync(`components/${name}`)) stop(`components/${name} is there already; nothing was written.`);

const tag = `pusher-${name}`;
const words = name.split('-').map((word) => word[0].toUpperCase() + word.slice(1));
const className = `Pusher${words.join('')}Element`;

const files = {
  [`components/${name}/${tag}.ts`]: `import { html, render } from 'lit';
import type { CSSResultGroup, PropertyValues } from 'lit';
import { PusherDataElement } from '../shared/data/data-element.js';
import type { DataEvent } from '../shared/data/data-element.js';
import { styles } from './${tag}.styles.js';

/**
 * Shows the newest event as text. (Say here what the element is for: the README and the editors read it.)
 *
 * Every attribute can be written \`data-<name>\` too.
 *
 * @tag ${tag}
 * @tagname ${tag}
 * @status experimental
 *
 * @slot - Shown until there is an event.
 *
 * @csspart base - The whole.
 *
 * @cssstate stale - What is shown may be out of date.
 */
export class ${className} extends PusherDataElement {
  static readonly tag: string = '${tag}';
  static override styles: CSSResultGroup = styles;

  #text = '';

  /** What is shown. */
  get text(): string {
    return this.#text;
  }

  protected override received({ data }: DataEvent): void {
    this.#text = typeof data === 'string' ? data : JSON.stringify(data);
    this.requestUpdate();
  }

  protected override update(changed: PropertyValues): void {
    super.update(changed);
    render(html\`<span part="base">\${this.#text || html\`<slot></slot>\`}</span>\`, this.renderRoot, { host: this });
  }
}
`,
  [`components/${name}/${tag}.styles.ts`]: `import { css } from 'lit';
import type { CSSResult } from 'lit';

export const styles: CSSResult = css\`
  :host {
    display: inline;
  }
  :host([hidden]) {
    display: none;
  }
\`;
`,
  [`components/${name}/define.ts`]: `/** Registers \`<${tag}>\`, and the connection that it needs. */
import { PusherConnectionElement } from '../connection/pusher-connection.js';
import { safeDefine } from '../shared/safe-define.js';
import { ${className} } from './${tag}.js';

// The provider first, so that consumers upgrade into a ready tree.
safeDefine(PusherConnectionElement);
safeDefine(${className});

declare global {
  interface HTMLElementTagNameMap {
    '${tag}': ${className};
  }
}
`,
  [`stories/${tag}.stories.ts`]: `import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import '../components/define.js';

const meta: Meta = {
  title: 'Elements/${tag}',
  component: '${tag}',
};
export default meta;

/** On a server in the page. */
export const Playground: StoryObj = {
  render: () => html\`
    <pusher-connection simulate>
      <${tag} channel="prices" event="tick">Nothing yet</${tag}>
    </pusher-connection>
  \`,
};
`,
  [`test/components/${name}/${tag}.test.ts`]: `/** What \`<${tag}>\` has to do. */
import { expect, waitUntil } from '@open-wc/testing';
import { html, key, renderPage } from '../support.js';

describe('<${tag}>', () => {
  it('shows what is inside until there is an event, then the newest one', async () => {
    const page = await renderPage(
      (options) =>
        html\`<pusher-connection app-key=\${key} .options=\${options}></pusher-connection>
          <${tag} channel="prices" event="tick">Nothing yet</${tag}>\`,
    );
    const element = page.root.querySelector('${tag}')!;
    expect(element.textContent).to.equal('Nothing yet');
    await page.clock.advance(0);
    page.publish('prices', 'tick', 'forty-one');
    await page.clock.advance(0);
    await waitUntil(() => element.shadowRoot!.textContent === 'forty-one');
  });
});
`,
};

// Formatted as the project is, where prettier is installed; the length of a name changes where lines break.
const { format, resolveConfig } = await import('prettier');
for (const [file, text] of Object.entries(files)) {
  mkdirSync(dirname(file), { recursive: true });
  const options = (await resolveConfig(file)) ?? {};
  writeFileSync(file, await format(text, { ...options, filepath: file }));
  console.log(`wrote ${file}`);
}

const append = (file, line) => {
  writeFileSync(file, `${readFileSync(file, 'utf8').trimEnd()}\n${line}\n`);
  console.log(`added to ${file}`);
};
append('components/define.ts', `import './${name}/define.js';`);
append('components/index.ts', `export { ${className} } from './${name}/${tag}.js';`);

console.log(`
What is left to do by hand:
  test/conformance/element-conformance.browser.test.ts   an entry: every element has to pass it
  tools/readme-tables.mjs                                its place in the README, then: npm run docs:tables
                                                         (that writes docs/guides/cms and the WordPress example too)
  size.json                                              npm run size says the new number
  docs/guides/choosing-elements.md                       a paragraph and a row`);
