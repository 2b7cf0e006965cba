import type { Words } from '../en';
import { base } from './base';
import { shift } from './shift';
import { work } from './work';

export const zh: Words = { ...base, ...work, ...shift };
