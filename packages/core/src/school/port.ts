/** What the school's settings ask of memory, and of whoever can take a picture apart. */
import type { School } from '@recreio/protocol';

/** The school as it is kept; what was never decided comes with its default. */
export interface SchoolMemory {
  read(): Promise<School>;
  /** The same, held until the transaction ends: of two who change at once, the second sees what the first did. */
  hold(): Promise<School>;
  /** Writes everything but the picture, under the version given. */
  write(next: School): Promise<void>;
  /** The picture; null where there is none. */
  logo(): Promise<Picture | null>;
  /** Puts a picture in the place of the one there is. */
  setLogo(png: string | null): Promise<void>;
}

/** A picture that was taken apart and put together anew. */
export interface Picture {
  /** PNG in base64. */
  readonly png: string;
  /** 32 hex digits that follow from the pixels. */
  readonly name: string;
}

/** Takes a PNG in base64 apart and puts it together anew, pixels and nothing else; null when it is none, or beyond the limits. */
export type Redraw = (png: string) => Picture | null;
