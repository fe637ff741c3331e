// What a contact has, and which column of a file holds it.

const FIELDS = [
  { name: 'email', label: 'E-mail (required)', required: true },
  { name: 'firstName', label: 'First name' },
  { name: 'lastName', label: 'Last name' },
  { name: 'phone', label: 'Phone' },
  { name: 'company', label: 'Company' },
];
const MOST_SAMPLES = 3;

const byId = (id) => document.getElementById(id);

/** Offers a previewed file's columns for each field, as the service suggests them; null: there is no file. */
export function offerColumns(preview) {
  byId('columns').hidden = !preview;
  byId('fields').replaceChildren(...(preview ? FIELDS.map((field) => choice(field, preview)) : []));
}

/** The mapping as it is chosen, or null while a required field has no column. */
export function chosenMapping() {
  const selects = [...byId('fields').querySelectorAll('select')];
  if (!selects.length || selects.some((select) => select.required && !select.value)) return null;
  return {
    target: 'contacts',
    fields: Object.fromEntries(selects.filter(({ value }) => value).map(({ name, value }) => [name, value])),
    unmapped: byId('attributes').checked ? 'attributes' : 'ignore',
  };
}

function choice(field, { columns, sampleRows, suggestedMapping }) {
  const label = document.createElement('label');
  const select = document.createElement('select');
  const samples = document.createElement('p');
  label.textContent = field.label;
  label.htmlFor = select.id = `field-${field.name}`;
  select.name = field.name;
  select.required = Boolean(field.required);
  select.append(new Option(field.required ? 'Choose a column' : 'Not imported', ''));
  select.append(...columns.filter((column) => column !== '').map((column) => new Option(column, column)));
  select.value = suggestedMapping.fields[field.name] ?? '';
  samples.className = 'hint samples';
  samples.id = `samples-${field.name}`;
  select.setAttribute('aria-describedby', samples.id);
  const show = () => (samples.textContent = samplesOf(columns.indexOf(select.value), sampleRows));
  select.addEventListener('change', show);
  show();
  const pair = document.createElement('div');
  pair.className = 'field';
  pair.append(label, select, samples);
  return pair;
}

function samplesOf(column, rows) {
  const values = rows.map((row) => row[column]?.trim()).filter(Boolean);
  return [...new Set(values)].slice(0, MOST_SAMPLES).join(', ');
}
