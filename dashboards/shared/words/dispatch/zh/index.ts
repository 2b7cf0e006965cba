import type { Words } from '../en';
import { base } from './base';
import { desk } from './desk';
import { shift } from './shift';
import { work } from './work';

export const zh: Words = { ...base, ...work, ...shift, ...desk };
