/** How the school looks and which languages it speaks: what everybody sees of it, before anybody is signed in. */
import Type, { type Static } from 'typebox';
import { TEXT } from './limits.ts';

const closed = { additionalProperties: false } as const;

/** The interface languages there are, as BCP 47 tags, the one that the product is written in first. A later release may know more. */
export const LANGUAGES = ['pt-BR', 'en', 'es'] as const;

/** One of the interface languages. Whoever is told of one that they do not know takes it for none. */
export const Language = Type.Enum(LANGUAGES, { type: 'string' });
export type Language = Static<typeof Language>;

/** Which interface languages a school offers, and the one for who has chosen none. */
export const SchoolLanguages = Type.Object(
  { offered: Type.Array(Language, { minItems: 1, maxItems: LANGUAGES.length, uniqueItems: true }), default: Language },
  closed,
);
export type SchoolLanguages = Static<typeof SchoolLanguages>;

/** `#rrggbb`. Pages correct it until it can be read on each of their surfaces, light and dark. */
export const Accent = Type.String({ pattern: '^#[0-9a-f]{6}$' });

/** Member by member. */
export const LOOK = {
  name: Type.String({ minLength: 1, maxLength: TEXT.name }),
  /** The accent colour; null for Recreio's own. */
  accent: Type.Union([Accent, Type.Null()]),
  /** Names the picture that `school.logo` gives: another picture has another name. Null where there is none. */
  logo: Type.Union([Type.String({ pattern: '^[0-9a-f]{32}$' }), Type.Null()]),
  languages: SchoolLanguages,
};

/** What everybody sees of the school, signed in or not. */
export const SchoolLook = Type.Object(LOOK);
export type SchoolLook = Static<typeof SchoolLook>;
