// Every word of the dispatcher's page, by area. A language is complete or does not compile: see Words.
import { base } from './base';
import { desk } from './desk';
import { shift } from './shift';
import { work } from './work';

export const en = { ...base, ...work, ...shift, ...desk };

/** The keys and parameters of English, in any language. */
export type Words = typeof en;
