/** The members as they are drawn without a template: one list item each, made once and moved where it has to. */
import type { Member } from '../../src/index.js';
import { hueOf, initialsOf } from './faces.js';

/** What is shown of a member. */
export interface Face {
  readonly name: string;
  /** An address that was checked. */
  readonly picture: string | undefined;
  /** Of the initials. */
  readonly language: string;
}

interface Tile {
  readonly element: HTMLElement;
  /** Who is shown; another object may say something else. */
  readonly member: Member;
}

export class MemberTiles {
  readonly #tiles = new Map<string, Tile>();

  /** Makes `list` show these members in this order. Where `isRewritten`, also what is known of them is written anew. */
  show(
    list: Element,
    members: readonly Member[],
    faceOf: (member: Member) => Face,
    isRewritten: boolean,
  ): void {
    const wanted = new Set(members.map(({ id }) => id));
    for (const [id, { element }] of this.#tiles)
      if (!wanted.has(id)) {
        element.remove();
        this.#tiles.delete(id);
      }
    let next = list.firstElementChild;
    for (const member of members) {
      const known = this.#tiles.get(member.id);
      const element = known?.element ?? createTile(list.ownerDocument, member.id);
      if (isRewritten || known?.member !== member) {
        writeTile(element, faceOf(member));
        this.#tiles.set(member.id, { element, member });
      }
      if (element === next) next = next.nextElementSibling;
      else list.insertBefore(element, next);
    }
  }
}

function createTile(document: Document, id: string): HTMLElement {
  const make = (part: string): HTMLElement => {
    const element = document.createElement('span');
    element.setAttribute('part', part);
    element.className = part;
    return element;
  };
  const tile = make('member');
  const avatar = make('avatar');
  const name = make('name');
  tile.role = 'listitem';
  avatar.ariaHidden = 'true'; // the name says it
  avatar.style.setProperty('--hue', String(hueOf(id)));
  avatar.append(document.createElement('b'));
  name.dir = 'auto';
  tile.append(avatar, name);
  return tile;
}

function writeTile(tile: HTMLElement, { name, picture, language }: Face): void {
  const [avatar, label] = tile.children as unknown as [HTMLElement, HTMLElement];
  const [initials, image] = avatar.children as unknown as [HTMLElement, HTMLImageElement | undefined];
  label.textContent = name;
  avatar.title = name;
  initials.textContent = initialsOf(name, language);
  if (!picture) image?.remove();
  else if (image?.src !== picture) {
    image?.remove();
    avatar.append(createPicture(tile.ownerDocument, picture));
  }
}

/** A picture over the initials: not seen before it is there, nor where it cannot be had. */
function createPicture(document: Document, address: string): HTMLImageElement {
  const image = document.createElement('img');
  image.alt = '';
  image.loading = 'lazy';
  image.decoding = 'async';
  image.referrerPolicy = 'no-referrer';
  image.onload = () => {
    image.className = 'loaded';
  };
  // Last, so that what is above holds for the request.
  image.src = address;
  return image;
}
