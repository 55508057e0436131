/** The secret of an app gives everybody full control of it; people do paste it (elements.md rule 21). */
const secretAttributes = ['secret', 'app-secret', 'data-secret', 'data-app-secret'];

/** The attribute of an element that publishes a secret; undefined for none. */
export function findSecret(element: Element): string | undefined {
  return secretAttributes.find((name) => element.hasAttribute(name));
}
