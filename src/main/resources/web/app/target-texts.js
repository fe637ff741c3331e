// The texts of the view of targets, which few people open.
// @ts-check

/** @import { Target } from '../../../../test/js/answers.d.ts' */

export const TARGET_TEXT = {
  hint: 'A target is a table that files can be imported into. A declaration says which column is which field, and which values a field takes. Only operators can declare targets.',
  table: 'Table',
  tableHint: 'With its schema, such as public.products.',
  discover: 'Draft a declaration',
  declared: 'Declared targets',
  none: 'No table is declared yet.',
  fields: (/** @type {Target} */ { fields }) => (fields.length === 1 ? '1 field' : `${fields.length} fields`),
  edit: 'Edit',
  remove: 'Remove',
  removeQuestion: (/** @type {string} */ name) => `Remove ${name}?`,
  removeMeaning: 'The table and its rows stay, and imports that have been started go on. Only new imports into it are refused.',
  removed: (/** @type {string} */ name) => `${name} is removed.`,

  draftOf: (/** @type {string} */ table) => `Draft for ${table}`,
  declarationOf: (/** @type {string} */ name) => `Declaration of ${name}`,
  notes: 'What to check',
  keys: (/** @type {string[][]} */ keys) => `The key can be: ${keys.map((fields) => fields.join(' and ')).join('; or ')}.`,
  declaration: 'Declaration (JSON)',
  save: 'Save',
  saved: (/** @type {string} */ name) => `${name} is declared. Files can be imported into it.`,
  notJson: 'This is not JSON',
  unnamed: 'The declaration has no name',
  unnamedDetail: 'Give it a "name": small letters, digits, - and _.',
  replaceQuestion: (/** @type {string} */ name) => `Replace ${name}?`,
  replaceMeaning: 'There is a declaration with this name already. Imports that have been started keep it.',
  replace: 'Replace',
};
