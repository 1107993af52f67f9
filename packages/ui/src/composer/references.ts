/** Rooms and lessons in what is written: by `#Nome` in the box, as links in what is sent. Pure. */
import type { LeafView } from '../rooms/room.ts';
import { namesIn, type Picked } from './names.ts';

/** A room or a lesson that can be referred to. */
export type PlaceView = {
  id: string;
  name: string;
  /** Its course, or what it is. */
  note: string;
  /** Other words that find it: the title of its lesson. */
  also: string;
  leaf: LeafView;
  /** Its whole address. */
  href: string;
  /** Its name is for those alone who are in it: in what is sent stands another word. */
  isReserved: boolean;
};

/** Code, in fences and in lines, stays as it is written. */
const code = /(```[^]*?(?:```|$)|`[^`\n]*`)/;
/** What Markdown would read in a name. */
const marks = /[\\[\]*_`~<>$#]/g;

/**
 * A text with the names of places made links, as it is sent. Of two places with one name the one picked is meant, else the first.
 * Without `withAddresses`, for where there is no room for them, only the names of reserved places are replaced.
 */
export function withLinks(
  text: string,
  places: readonly PlaceView[],
  picked: Picked,
  /** What stands for the name of a reserved place. */
  reserved: string,
  withAddresses = true,
): string {
  if (!text.includes('#')) return text;
  const byId = new Map(places.map((place) => [place.id, place]));
  const outside = (part: string): string => {
    let made = '';
    let from = 0;
    for (const { named: place, start, end } of namesIn(part, '#', places)) {
      if (!/^$|[\s(]$/.test(part.slice(0, start)) || part.startsWith('](', start - 2)) continue;
      const { name, href, isReserved } = byId.get(picked.get(`#${place.name}`) ?? '') ?? place;
      const shown = `#${(isReserved ? reserved : name).replace(marks, '\\$&')}`;
      const named = isReserved ? shown : part.slice(start, end);
      made += part.slice(from, start) + (withAddresses ? `[${shown}](${href})` : named);
      from = end;
    }
    return made + part.slice(from);
  };
  return text
    .split(code)
    .map((part, nth) => (nth % 2 === 1 ? part : outside(part)))
    .join('');
}

const link = /\[#((?:[^\]\\\n]|\\.)*)\]\(([^\s()]+)\)/g;

/** A text as it was sent, with its links to places as names again, to be changed in the box; which are meant is put down in `picked`. */
export function withoutLinks(body: string, places: readonly PlaceView[], picked: Picked): string {
  const byHref = new Map(places.map((place) => [place.href, place]));
  return body
    .split(code)
    .map((part, nth) =>
      nth % 2 === 1
        ? part
        : part.replace(link, (all, _words: string, href: string) => {
            const place = byHref.get(href);
            if (!place) return all;
            picked.set(`#${place.name}`, place.id);
            return `#${place.name}`;
          }),
    )
    .join('');
}
