// The import button for anybody's page: the elements, and what a page may build on.
// @ts-check

export { ImportOnceButton } from './button.js';
export { ImportOnceDialog } from './dialog.js';
