import type { Words } from '../en';
import { base } from './base';

export const es: Words = { ...base };
