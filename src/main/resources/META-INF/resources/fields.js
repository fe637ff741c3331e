// What a contact has, and which column of a file probably holds it.

/** Patterns are for folded names: lower case, no accents, letters and digits only. */
export const FIELDS = [
  {
    name: 'email',
    label: 'E-mail (required)',
    pattern: /(e?mail|courriel|correo|epost)(id|address|adresse|addr|electronico)?1?(value|work|business|private?|home)?$/,
  },
  {
    name: 'firstName',
    label: 'First name',
    pattern: /^(contact|kontakt)?((first|given|fore)(name)?|vorname|prenom|nombre|nome)$/,
  },
  {
    name: 'lastName',
    label: 'Last name',
    pattern: /^(contact|kontakt)?((last|family)(name)?|surname|nachname|familienname|nom|apellidos?|cognome)$/,
  },
  {
    name: 'phone',
    label: 'Phone',
    pattern: /^tel$|(phone|telefono?|telephone|mobile?|handy|cell)(number|nummer|nr|no|1?value)?$/,
  },
  {
    name: 'company',
    label: 'Company',
    pattern: /^(company|firma|firmen|unternehmen|organi[sz]ation|entreprise|societe|empresa|employer)1?(name)?$/,
  },
];

/** The plainest of the columns that sound like the field, or undefined. */
export function guess(field, columns) {
  const [plainest] = columns
    .filter((column) => field.pattern.test(fold(column)))
    .sort((a, b) => a.length - b.length);
  return plainest;
}

function fold(name) {
  return name.normalize('NFKD').toLowerCase().replace(/[^\p{Letter}\p{Number}]/gu, '');
}
