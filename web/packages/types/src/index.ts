export type * from './envelope.js';
export type * from './filters.js';
export type * from './realtime.js';
export type * from './requests.js';
export type * from './resources.js';
export type { components, operations, paths } from './schema.js';
