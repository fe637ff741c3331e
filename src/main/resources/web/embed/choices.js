// What the user has chosen for an import: pure functions from a preview and choices to the mapping.
// @ts-check

/** @import { Field, Format, Mapping, Preview, SuggestedMapping, Target } from '../../../../test/js/answers.d.ts' */

/**
 * The choices for one target. `recalled`: the targets whose options were filled in as the last time; the user may have changed
 * them since.
 *
 * @typedef {object} Choices
 * @property {string} target
 * @property {Record<string, string>} fields field to column; '' or absent: not imported
 * @property {string} onExisting
 * @property {boolean} others
 * @property {boolean} undoable
 * @property {string} decimal
 * @property {string} order
 * @property {Record<string, Record<string, string>>} values field to text of a cell to value
 * @property {readonly string[]} recalled
 */

/** @typedef {Partial<Mapping>} Fixed what the page has decided, and nobody is asked for */

/** Parts of the service; for these a contact or a message is what is there already. */
export const BUILT_IN = ['contacts', 'messages', 'chats'];
/** Their rows that are there already are never changed. */
export const UNTOUCHED = ['messages', 'chats'];

/** Whether an operator has declared the target; the others are parts of the service. @param {{ name: string }} target */
export function isDeclared({ name }) {
  return !BUILT_IN.includes(name);
}

/**
 * The choices for a target as the service suggests them. `before`: what was chosen for the same file, whose options stay.
 *
 * @param {Preview} preview
 * @param {string} name
 * @param {Fixed} fixed
 * @param {Choices | null} before
 * @returns {Choices}
 */
export function suggested(preview, name, fixed, before) {
  const last = suggestionFor(preview, name);
  const knows = Boolean(last.unmapped) && !before?.recalled.includes(name);
  const { onExisting, others, undoable } = before ?? { onExisting: 'update', others: false, undoable: false };
  return {
    target: name,
    fields: { ...last.fields, ...fixed.fields },
    onExisting: fixed.onExisting ?? (knows ? last.onExisting ?? 'update' : onExisting),
    others: fixed.unmapped ? fixed.unmapped === 'attributes' : knows ? last.unmapped === 'attributes' : others,
    undoable: fixed.undoable ?? (knows ? last.undoable ?? false : undoable),
    decimal: fixed.numbers?.decimal ?? last.numbers?.decimal ?? '',
    order: fixed.dates?.order ?? last.dates?.order ?? '',
    values: { ...last.values, ...fixed.values },
    recalled: [...(before?.recalled ?? []), ...(knows ? [name] : [])],
  };
}

/** What the service suggests for a target. @param {Preview} preview @param {string} name @returns {Partial<SuggestedMapping>} */
export function suggestionFor({ suggestedMappings }, name) {
  return suggestedMappings.find(({ target }) => target === name) ?? {};
}

/** The required fields that have no column. @param {Choices | null} choices @param {Target | undefined} target @returns {Field[]} */
export function missing(choices, target) {
  if (!choices || !target) return [];
  return target.fields.filter(({ name, required }) => required && !choices.fields[name]);
}

/**
 * The mapping for the service, or null while a required field has no column.
 *
 * @param {Choices} choices
 * @param {Target | undefined} target
 * @param {{ preview: Preview, format: Partial<Format>, fixed: Fixed }} about
 * @returns {Mapping | null}
 */
export function mappingOf(choices, target, { preview, format, fixed }) {
  if (!target || missing(choices, target).length) return null;
  const fields = Object.fromEntries(target.fields.map(({ name }) => [name, choices.fields[name] ?? '']).filter(([, column]) => column));
  const last = suggestionFor(preview, choices.target);
  const values = Object.fromEntries(Object.entries(choices.values).filter(([field, of]) => Object.hasOwn(fields, field) && Object.keys(of).length));
  const zone = fixed.dates?.zone ?? last.dates?.zone;
  const dates = { ...(choices.order && { order: choices.order }), ...(zone && { zone }) };
  const onBlank = fixed.onBlank ?? last.onBlank;
  const wanted = { ...fixed.format, ...format };
  return {
    ...(onBlank && { onBlank }),
    ...(Object.keys(values).length && { values }),
    ...(fixed.orgId && { orgId: fixed.orgId }),
    target: target.name,
    fields,
    unmapped: target.attributes && choices.others ? 'attributes' : 'ignore',
    onExisting: UNTOUCHED.includes(target.name) ? 'update' : choices.onExisting,
    undoable: target.undoable && choices.undoable,
    ...(choices.decimal && { numbers: { decimal: choices.decimal } }),
    ...(Object.keys(dates).length && { dates }),
    ...(Object.keys(wanted).length && { format: wanted }),
  };
}
