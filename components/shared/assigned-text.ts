/**
 * Frameworks set what a template says as a property where the element has one of that name, and as an attribute where
 * it has none: `event="tick"` arrives as the property `event`, which is a list. So properties take what their
 * attributes take, and an attribute that shares its name with a method can be assigned without harm to the method.
 */
import type { ComplexAttributeConverter, PropertyDeclaration } from 'lit';
import { readAttributeOf } from './attributes.js';

/** Extends the accessors that a class has got for its own properties, and covers its methods of an attribute's name. */
export function takeAssignedText(
  prototype: HTMLElement,
  properties: ReadonlyMap<PropertyKey, PropertyDeclaration>,
): void {
  for (const [property, { attribute, converter }] of properties) {
    const accessor = Object.getOwnPropertyDescriptor(prototype, property);
    if (accessor?.set && typeof converter === 'object' && converter.fromAttribute)
      convertText(prototype, property, accessor, converter);
    if (typeof attribute === 'string' && attribute !== property && attribute in prototype)
      coverMember(prototype, attribute, property);
  }
}

/** Text becomes what it means in the attribute, and nothing becomes what the attribute's absence means. */
function convertText(
  prototype: HTMLElement,
  property: PropertyKey,
  accessor: PropertyDescriptor,
  converter: ComplexAttributeConverter,
): void {
  Object.defineProperty(prototype, property, {
    ...accessor,
    set(this: HTMLElement, value: unknown) {
      let meant = value;
      if (value === undefined || value === null || typeof value === 'string')
        readAttributeOf(this, () => {
          meant = converter.fromAttribute?.(value ?? null);
        });
      accessor.set?.call(this, meant);
    },
  });
}

/** Reading gives the member, as before; assigning sets the property that the attribute belongs to. */
function coverMember(prototype: HTMLElement, name: string, property: PropertyKey): void {
  const member = findMember(prototype, name);
  Object.defineProperty(prototype, name, {
    configurable: true,
    get(this: HTMLElement): unknown {
      return member?.get ? member.get.call(this) : (member?.value as unknown);
    },
    set(this: HTMLElement, value: unknown) {
      Reflect.set(this, property, value);
    },
  });
}

function findMember(start: object, name: string): PropertyDescriptor | undefined {
  for (let at: object | null = start; at; at = Object.getPrototypeOf(at) as object | null) {
    const found = Object.getOwnPropertyDescriptor(at, name);
    if (found) return found;
  }
  return undefined;
}
